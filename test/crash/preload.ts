import { appendFileSync, readFileSync } from 'node:fs';
import { StatementSync } from 'node:sqlite';
import { Client } from 'pg';
import { type Moment, readTrap, writesOf } from './writes.ts';

/**
 * Loaded into a process before the program, which knows nothing of it: kills the process right before or after the write
 * that the trap file names, and notes every write in the trail file.
 */
const trapFile = process.env['CRASH_TRAP'] ?? '';
const trailFile = process.env['CRASH_TRAIL'] ?? '';

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal may be a moment on its way; nothing more may happen meanwhile.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function pass(write: { readonly label: string; readonly request: number } | undefined, moment: Moment): void {
  if (write === undefined) return;
  const trap = readTrap(readFileSync(trapFile, 'utf8'));
  if (trap?.label === write.label && trap.when === moment && trap.request === write.request) die();
  if (moment === 'before') appendFileSync(trailFile, `${write.request}\t${write.label}\n`);
}

const seen = writesOf();
const connections = new WeakMap<object, ReturnType<typeof seen.connection>>();
function connectionOf(key: object): ReturnType<typeof seen.connection> {
  const known = connections.get(key) ?? seen.connection();
  connections.set(key, known);
  return known;
}

/** Puts `around` in place of a method of the driver. */
function wrap(
  prototype: object,
  name: string,
  around: (self: object, given: unknown[], call: () => unknown) => unknown,
) {
  const original: unknown = Reflect.get(prototype, name);
  if (typeof original !== 'function') throw new Error(`no method ${name} to wrap`);
  Reflect.set(prototype, name, function (this: object, ...given: unknown[]): unknown {
    return around(this, given, () => Reflect.apply(original, this, given));
  });
}

for (const method of ['run', 'all', 'get', 'iterate']) {
  wrap(StatementSync.prototype, method, (statement, parameters, call) => {
    // One file has one connection that writes.
    const write = connectionOf(seen).statement(String(Reflect.get(statement, 'sourceSQL')), parameters);
    pass(write, 'before');
    const result = call();
    write?.done();
    pass(write, 'after');
    return result;
  });
}

wrap(Client.prototype, 'query', (client, [sql, parameters], call) => {
  const values: unknown[] = Array.isArray(parameters) ? parameters : [];
  const write = typeof sql === 'string' ? connectionOf(client).statement(sql, values) : undefined;
  pass(write, 'before');
  const answer = call();
  if (write === undefined || !(answer instanceof Promise)) return answer;
  return answer.then((result: unknown) => {
    write.done();
    pass(write, 'after');
    return result;
  });
});
