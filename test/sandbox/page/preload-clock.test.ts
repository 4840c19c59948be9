import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

const preload = new URL('../../../src/sandbox/page/preload-clock.ts', import.meta.url).href;
const HOUR = 3_600_000;

/** Tells its times when it starts, and again after the first message. */
const PROGRAM = `
  const times = () => process.send([Date.now(), new Date().getTime(), new Date(5).getTime(), performance.now()]);
  times();
  setTimeout(() => {}, 60_000);
  process.once('message', () => setTimeout(() => { times(); process.exit(); }, 1));
`;

it('a program that is started with it lives in the time that it is told, wall clock and growing clock', async () => {
  const begun = Date.now();
  const child = spawn(process.execPath, ['--import', preload, '-e', PROGRAM], {
    env: { ...process.env, DEMO_CLOCK_AHEAD: String(HOUR) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const near = (time: unknown, wanted: number) => {
    expect(time).toBeGreaterThanOrEqual(wanted);
    expect(time).toBeLessThan(wanted + 20_000);
  };
  const [first] = await once(child, 'message');
  near(first[0], begun + HOUR);
  near(first[1], begun + HOUR);
  expect(first[2]).toBe(5);
  near(first[3], 0);
  child.send({ ahead: 3 * HOUR });
  const [second] = await once(child, 'message');
  near(second[0], begun + 3 * HOUR);
  near(second[1], begun + 3 * HOUR);
  near(second[3], 2 * HOUR);
  await once(child, 'exit');
});
