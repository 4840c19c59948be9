import { describe, expect, it } from 'vitest';
import { EdgeError } from '../../src/core/errors.ts';
import { isReady, watchReadiness } from '../../src/runtime/readiness.ts';
import { createTestClock } from '../test-clock.ts';

const full = new EdgeError('full', { code: 'disk_full', retryable: true, executed: 'no' });

function watched({ clockIsOff }: { readonly clockIsOff?: () => boolean } = {}) {
  const clock = createTestClock();
  const state = { active: 'v1', trouble: undefined as EdgeError | undefined, hangs: false, beats: [] as number[] };
  const logged: string[] = [];
  const readiness = watchReadiness({
    version: 'v1',
    clock,
    ...(clockIsOff === undefined ? {} : { clockIsOff }),
    beat: async (now) => {
      if (state.hangs) await new Promise(() => {});
      if (state.trouble !== undefined) throw state.trouble;
      state.beats.push(now);
    },
    activePolicy: async () => {
      if (state.trouble !== undefined) throw state.trouble;
      return state.active;
    },
    log: (level, code, fields) => void logged.push(`${level} ${code} ${JSON.stringify(fields)}`),
  });
  return { clock, state, logged, readiness };
}

describe('whether a process is ready', () => {
  it('is said part by part', async () => {
    const { readiness } = watched();
    const parts = await readiness.parts();
    expect(parts).toEqual({ database: 'writable', policy: 'active', clock: 'own' });
    expect(isReady(parts)).toBe(true);
  });

  it('takes one real write for everybody who asks within 3 s', async () => {
    const { readiness, state, clock } = watched();
    await Promise.all([readiness.parts(), readiness.parts()]);
    await readiness.parts();
    expect(state.beats).toHaveLength(1);
    await clock.advance(3_000);
    await readiness.parts();
    expect(state.beats).toHaveLength(2);
  });

  it('is no where nothing can be written, and the operator is told once, and once when it can again', async () => {
    const { readiness, state, clock, logged } = watched();
    readiness.start();
    await clock.advance(0);
    state.trouble = full;
    await clock.advance(90_000);
    const parts = await readiness.parts();
    expect(parts).toEqual({ database: 'disk_full', policy: 'unread', clock: 'own' });
    expect(isReady(parts)).toBe(false);
    state.trouble = undefined;
    await clock.advance(90_000);
    expect(logged).toEqual([
      'error database_state {"database":"disk_full"}',
      'error policy_state {"policy":"unread"}',
      'info database_state {"database":"writable"}',
      'info policy_state {"policy":"active"}',
    ]);
    readiness.stop();
    expect(clock.waiting()).toBe(0);
  });

  it('is no where newer rules are active', async () => {
    const { readiness, state, logged } = watched();
    state.active = 'v2';
    const parts = await readiness.parts();
    expect([parts.policy, isReady(parts)]).toEqual(['replaced', false]);
    expect(logged).toEqual(['error policy_state {"policy":"replaced"}']);
  });

  it('is no while the clock cannot be gone by', async () => {
    let off = true;
    const { readiness } = watched({ clockIsOff: () => off });
    const parts = await readiness.parts();
    expect([parts.clock, isReady(parts)]).toEqual(['moved', false]);
    off = false;
    expect(isReady(await readiness.parts())).toBe(true);
  });

  it('is answered within 2 s where the database says nothing', async () => {
    const { readiness, state, clock } = watched();
    state.hangs = true;
    const asked = readiness.parts();
    await clock.advance(2_000);
    expect(await asked).toEqual({ database: 'no_answer', policy: 'unread', clock: 'own' });
  });
});
