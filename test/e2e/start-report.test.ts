import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { MODES, openTown } from './town.ts';

const MINUTE = 60_000;
const AUDIT = 'C0AUDIT';

it.each(MODES)('over %s, a start says in the audit channel what it changed, once an hour at most', async (mode) => {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { bob, slack, clock, line, stop, start, quiet } = await openTown(mode, {
    database: `sqlite:${join(folder, 'logoff.db')}`,
  });
  const said = () =>
    slack.workspace
      .messages(AUDIT)
      .map(({ text }) => text)
      .filter((text) => text.startsWith('Started again'));
  const away = async (minutes: number) => {
    await stop();
    clock.pause(minutes * MINUTE);
    await start();
    await quiet();
  };
  await away(5);
  expect(said()).toEqual([]);
  await bob.say('/logoff 102');
  await away(31);
  expect(line(1)).toContain('Nobody answered');
  expect(said()).toEqual([expect.stringContaining('Started again after 31 min: 1 request expired, 1 card redrawn')]);
  await bob.say('/logoff 104');
  await away(31);
  expect(line(2)).toContain('Nobody answered');
  expect(said()).toHaveLength(1);
  await bob.say('/logoff 105');
  await away(120);
  expect(said()).toHaveLength(2);
  expect(said()[1]).toContain('Started again after 2 h: 1 request expired');
});
