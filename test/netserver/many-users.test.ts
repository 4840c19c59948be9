import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { manyUsers } from '../../src/sandbox/netserver/many-users.ts';
import { connected } from './connected.ts';

const SCRIPT = fileURLToPath(new URL('users-process.ts', import.meta.url));

/** A server with that many users in another process; the end of the test ends it. */
async function startElsewhere(count: number): Promise<string> {
  const child = spawn(process.execPath, [SCRIPT, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const [url]: readonly unknown[] = await once(createInterface({ input: child.stdout }), 'line');
  return String(url);
}

test('10,000 users are read right, and the event loop goes on meanwhile', async () => {
  await using netServer = connected(await startElsewhere(10_000));
  await netServer.warm();
  await netServer.self();

  let turns = 0;
  let next = setImmediate(turn);
  function turn() {
    turns += 1;
    next = setImmediate(turn);
  }
  const people = await netServer.readUsers();
  clearImmediate(next);

  expect(new Set(people.map(({ id }) => Number(id)))).toEqual(new Set([77, ...manyUsers(10_000).map(({ id }) => id)]));
  expect(people).toHaveLength(10_001);
  // Others have their turn at least once in each 200 people.
  expect(turns).toBeGreaterThanOrEqual(50);
});
