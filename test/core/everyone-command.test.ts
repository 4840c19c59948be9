import { describe, expect, it, test } from 'vitest';
import { MAX_REASON, type MisunderstandingCode, type When } from '../../src/core/command.ts';
import { parseCommand } from '../../src/core/grammar.ts';

const IN = (minutes: number): When => ({ kind: 'in', length: minutes * 60_000 });
const AT = (time: string, day?: string): When => ({ kind: 'at', time, ...(day === undefined ? {} : { day }) });

const read = (typed: string) => {
  const parsed = parseCommand(typed);
  return parsed.ok ? parsed.command : parsed.problem.code;
};

describe('everyone', () => {
  test.each<[string, When]>([
    ['everyone in 30m', IN(30)],
    ['EVERYONE IN 30M', IN(30)],
    ['everyone in 30 min', IN(30)],
    ['everyone in 30 minutes', IN(30)],
    ['everyone in 1 minute', IN(1)],
    ['everyone in 90s', IN(1.5)],
    ['everyone in 2h', IN(120)],
    ['everyone in 1h30m', IN(90)],
    ['everyone in 1 hour 30 mins', IN(90)],
    ['everyone in 7 days', IN(7 * 24 * 60)],
    ['everyone at 17:00', AT('17:00')],
    ['everyone at 7:05', AT('07:05')],
    ['everyone at 17.00', AT('17:00')],
    ['everyone at 0:00', AT('00:00')],
    ['everyone at 2026-12-01 17:00', AT('17:00', '2026-12-01')],
    ['everyone at 2026-12-01T17:00', AT('17:00', '2026-12-01')],
    ['everyone, at 17:00', AT('17:00')],
  ])('%j is understood', (typed, when) => {
    expect(read(typed)).toEqual({ kind: 'everyone', when });
    for (const [written, reason] of [
      ['reason: upgrade', 'upgrade'],
      ['because of the upgrade', 'of the upgrade'],
      ['"the upgrade"', 'the upgrade'],
      ['reason: in 30m at 17:00', 'in 30m at 17:00'],
    ] as const) {
      expect(read(`${typed} ${written}`)).toEqual({ kind: 'everyone', when, reason });
    }
  });

  test.each<[string, MisunderstandingCode]>([
    ['everyone', 'no_time'],
    ['everyone reason: upgrade in 30m', 'no_time'],
    ['everyone "upgrade"', 'no_time'],
    ['everyone now', 'bad_time'],
    ['everyone in', 'bad_time'],
    ['everyone in 30', 'bad_time'],
    ['everyone in 0m', 'bad_time'],
    ['everyone in 30 x', 'bad_time'],
    ['everyone in 5 weeks', 'bad_time'],
    ['everyone in -5m', 'bad_time'],
    ['everyone in 1.5h', 'bad_time'],
    ['everyone in "30m" now', 'bad_time'],
    ['everyone at', 'bad_time'],
    ['everyone at 24:00', 'bad_time'],
    ['everyone at 17:60', 'bad_time'],
    ['everyone at 5pm', 'bad_time'],
    ['everyone at 17', 'bad_time'],
    ['everyone at 01.12.2026 17:00', 'bad_time'],
    ['everyone at 17:00 tomorrow', 'bad_time'],
    ['everyone 101 in 30m', 'bad_time'],
    ['everyone in 30m and 101', 'bad_time'],
    ['everyone in 30m group:Sales', 'bad_time'],
    ['everyone in 30m reason:', 'empty_reason'],
    ['everyone in 30m ""', 'empty_reason'],
    [`everyone in 30m reason: ${'x'.repeat(MAX_REASON + 1)}`, 'reason_too_long'],
    ['101 everyone', 'everyone_alone'],
    ['jane.doe, Everyone in 30m', 'everyone_alone'],
  ])('%j is not: %s', (typed, code) => expect(read(typed)).toBe(code));

  it('leaves "in" and "at" to people elsewhere, who are named by nothing but names', () => {
    expect(read('101 in 30m')).toMatchObject({ kind: 'logoff' });
  });

  it('does not take long over what looks like a time', () => {
    expect(read(`everyone in ${'1h'.repeat(3_000)}!`)).toBe('bad_time');
    expect(read(`everyone in ${'1 '.repeat(3_000)}`)).toBe('bad_time');
  });
});
