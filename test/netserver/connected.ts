import { inspect } from 'node:util';
import { expect } from 'vitest';
import { type AssociateId, associateId, isNonEmpty, type NonEmpty } from '../../src/core/ids.ts';
import { NetServerError } from '../../src/netserver/errors.ts';
import { connectNetServer, type NetServerOptions } from '../../src/netserver/netserver.ts';
import { PASSWORD } from './password.ts';

export { PASSWORD };

export const TOKEN = 'CANARY-token';

/** A NetServer edge that is closed when the test ends, with a clock that the test moves and a log that it can read. */
export function connected(url: string, more: Partial<NetServerOptions> = {}) {
  let monotonic = 1000;
  const lines: unknown[] = [];
  const timers = new Map<symbol, { readonly at: number; readonly run: () => void }>();
  const netServer = connectNetServer({
    url,
    services: 86,
    timeoutMs: 5000,
    username: 'slackbot',
    password: PASSWORD,
    monotonic: () => monotonic,
    after: (delay, run) => {
      const key = Symbol('timer');
      timers.set(key, { at: monotonic + delay, run });
      return () => timers.delete(key);
    },
    log: (level, code, fields) => lines.push({ ...fields, level, code }),
    ...more,
  });
  return {
    ...netServer,
    lines,
    pass: (ms: number) => {
      monotonic += ms;
      for (const [key, { at, run }] of timers) {
        if (at > monotonic) continue;
        timers.delete(key);
        run();
      }
    },
    [Symbol.asyncDispose]: () => netServer.close(),
  };
}

export const ids = (...numbers: readonly number[]): NonEmpty<AssociateId> => {
  const list = numbers.map(associateId);
  if (!isNonEmpty(list)) throw new Error('no ids');
  return list;
};

export const upTo = (count: number) => ids(...Array.from({ length: count }, (_, at) => at + 1));

export const always = () => true;

/** Waits for the error of this edge, and looks that nothing secret hangs on it in any form. */
export async function failure(work: Promise<unknown>): Promise<NetServerError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NetServerError)) throw new Error(`expected a NetServerError, got ${inspect(error)}`);
  expectNoSecrets(error);
  return error;
}

/** Looks through everything that can be printed of a value. */
export function expectNoSecrets(value: unknown) {
  const seen: unknown[] = [value];
  for (let error = value; error instanceof Error && error.cause !== undefined; error = error.cause)
    seen.push(error.cause);
  const text = seen
    .map((one) => [
      inspect(one, { depth: 20, showHidden: true }),
      JSON.stringify(one),
      String(one),
      one instanceof Error ? one.stack : '',
    ])
    .join('\n');
  expect(text).not.toMatch(/CANARY/);
  expect(text).not.toMatch(/Envelope/);
}
