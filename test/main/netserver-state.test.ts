import { describe, expect, it } from 'vitest';
import { isAnswering, watchNetServer } from '../../src/runtime/netserver-state.ts';
import { createTestClock } from '../test-clock.ts';

function watched() {
  const clock = createTestClock();
  const logged: string[] = [];
  const looks: ((failed?: Error) => void)[] = [];
  const state = watchNetServer({
    clock,
    logOn: 'LogOn',
    look: {
      call: 'Look',
      ask: () => new Promise((resolve, reject) => looks.push((failed) => (failed ? reject(failed) : resolve(1)))),
    },
    log: (level, code, fields) => void logged.push(`${level} ${code} ${JSON.stringify(fields)}`),
  });
  const ended = (call: string, code: string) => state.ended({ call, code, took: 5 });
  return { clock, state, logged, looks, ended };
}

describe('how NetServer is doing', () => {
  it('is not known before the first call, and that is no trouble', () => {
    const { state } = watched();
    expect([state.now(), isAnswering(state.now())]).toEqual(['untried', true]);
  });

  it('is the code of what is wrong until a call passes; the operator hears of each change once', () => {
    const { state, ended, logged } = watched();
    ended('Read', 'ok');
    expect(state.now()).toBe('answering');
    for (const code of ['refused_connection', 'refused_connection', 'timeout']) ended('Read', code);
    expect([state.now(), isAnswering(state.now())]).toEqual(['timeout', false]);
    ended('Read', 'ok');
    expect(state.now()).toBe('answering');
    expect(logged).toEqual([
      'warn netserver_state {"netserver":"refused_connection"}',
      'warn netserver_state {"netserver":"timeout"}',
      'info netserver_state {"netserver":"answering"}',
    ]);
  });

  it.each(['not_allowed', 'bad_input', 'exception', 'session'])('answers where it refuses a call: %s', (code) => {
    const { state, ended } = watched();
    ended('Read', code);
    expect(state.now()).toBe('answering');
  });

  it('stays a refused logon although it answers what needs none, until somebody is let in', () => {
    const { state, ended } = watched();
    ended('LogOn', 'credentials');
    ended('Look', 'ok');
    expect(state.now()).toBe('credentials');
    ended('Read', 'session');
    expect(state.now()).toBe('credentials');
    ended('Look', 'refused_connection');
    expect(state.now()).toBe('refused_connection');
    ended('Look', 'ok');
    expect(state.now()).toBe('credentials');
    ended('LogOn', 'ok');
    expect(state.now()).toBe('answering');
  });

  it('is looked at again where nobody has called for half a minute and somebody asks, one look at a time', async () => {
    const { state, ended, looks, clock } = watched();
    ended('Read', 'ok');
    state.now();
    expect(looks).toHaveLength(0);
    await clock.advance(30_000);
    state.now();
    state.now();
    expect(looks).toHaveLength(1);
    ended('Look', 'refused_connection');
    looks[0]?.(new Error('away'));
    await clock.advance(29_999);
    expect(state.now()).toBe('refused_connection');
    expect(looks).toHaveLength(1);
    await clock.advance(1);
    state.now();
    expect(looks).toHaveLength(2);
  });
});
