import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { When } from '../../src/core/command.ts';
import { describeInstant } from '../../src/core/time.ts';
import { momentOf, type WhenCode } from '../../src/core/when.ts';

const OSLO = 'Europe/Oslo';
const DAYS = 24 * 3_600_000;
const WEEK = 7 * DAYS;
const at = (time: string, day?: string): When => ({ kind: 'at', time, ...(day === undefined ? {} : { day }) });
const utc = (text: string) => Date.parse(`${text}:00Z`);
const meant = (when: When, now: string, zone = OSLO) => {
  const found = momentOf(when, utc(now), zone, WEEK);
  return found.ok ? new Date(found.at).toISOString().slice(0, 16) : found.code;
};

describe('a time of day', () => {
  test.each<[string, When, string, string]>([
    ['later today', at('17:00'), '2026-11-23T14:00', '2026-11-23T16:00'],
    ['over for today: tomorrow', at('14:59'), '2026-11-23T14:00', '2026-11-24T13:59'],
    ['this very minute: tomorrow', at('15:00'), '2026-11-23T14:00', '2026-11-24T14:00'],
    ['tomorrow, as it is past midnight there already', at('00:30'), '2026-11-23T22:45', '2026-11-23T23:30'],
    ['on a day', at('17:00', '2026-11-28'), '2026-11-23T14:00', '2026-11-28T16:00'],
    ['at the end of the month', at('09:00'), '2026-11-30T14:00', '2026-12-01T08:00'],
    ['before summer time', at('12:00', '2026-03-28'), '2026-03-27T12:00', '2026-03-28T11:00'],
    ['in summer time, typed before it began', at('12:00', '2026-03-29'), '2026-03-28T12:00', '2026-03-29T10:00'],
    ['right before the clocks go forward', at('01:59', '2026-03-29'), '2026-03-28T12:00', '2026-03-29T00:59'],
    ['right after they did', at('03:00', '2026-03-29'), '2026-03-28T12:00', '2026-03-29T01:00'],
    ['right before the clocks go back', at('01:59', '2026-10-25'), '2026-10-24T12:00', '2026-10-24T23:59'],
    ['right after they did', at('03:00', '2026-10-25'), '2026-10-24T12:00', '2026-10-25T02:00'],
    ['skipped this morning, so the next is tomorrow', at('02:30'), '2026-03-29T10:00', '2026-03-30T00:30'],
    ['shown twice this night, and the first time is over', at('02:30'), '2026-10-25T00:45', '2026-10-25T01:30'],
    ['shown twice this morning, and both are over', at('02:30'), '2026-10-25T02:00', '2026-10-26T01:30'],
  ])('%s', (_, when, now, expected) => expect(meant(when, now)).toBe(expected));

  test.each<[string, When, string, WhenCode]>([
    ['that the clocks skip', at('02:30'), '2026-03-29T00:00', 'time_skipped'],
    ['that the clocks skip within the hour', at('02:30'), '2026-03-29T00:45', 'time_skipped'],
    ['that they skip on that day within the hour', at('02:30', '2026-03-29'), '2026-03-29T00:45', 'time_skipped'],
    ['that they skip on that day', at('02:00', '2026-03-29'), '2026-03-28T12:00', 'time_skipped'],
    ['that they show twice', at('02:30'), '2026-10-25T00:00', 'time_twice'],
    ['that they show twice on that day', at('02:59', '2026-10-25'), '2026-10-24T12:00', 'time_twice'],
    ['on a day that is over', at('17:00', '2026-11-22'), '2026-11-23T14:00', 'time_past'],
    ['that is over on that day', at('14:00', '2026-11-23'), '2026-11-23T14:00', 'time_past'],
    ['more than a week ahead', at('15:01', '2026-11-30'), '2026-11-23T14:00', 'time_too_far'],
    ['on 30 February', at('12:00', '2026-02-30'), '2026-02-27T12:00', 'no_such_day'],
    ['on the 45th', at('12:00', '2026-11-45'), '2026-11-23T14:00', 'no_such_day'],
    ['in a month that is none', at('12:00', '2026-13-01'), '2026-11-23T14:00', 'no_such_day'],
  ])('%s is refused', (_, when, now, code) => expect(meant(when, now)).toBe(code));

  it('may be exactly a week ahead', () => {
    expect(meant(at('15:00', '2026-11-30'), '2026-11-23T14:00')).toBe('2026-11-30T14:00');
  });

  it('is that of the zone in the settings, also where it is half an hour off', () => {
    expect(meant(at('17:00'), '2026-11-23T09:00', 'Asia/Kolkata')).toBe('2026-11-23T11:30');
    expect(meant(at('17:00'), '2026-11-23T09:00', 'America/New_York')).toBe('2026-11-23T22:00');
    // Summer time of Lord Howe Island is half an hour.
    expect(meant(at('02:15', '2026-10-04'), '2026-10-03T00:00', 'Australia/Lord_Howe')).toBe('time_skipped');
    expect(meant(at('01:45', '2026-04-05'), '2026-04-04T00:00', 'Australia/Lord_Howe')).toBe('time_twice');
  });
});

describe('a while', () => {
  const IN = (length: number): When => ({ kind: 'in', length });

  it('is as long as it is, whatever the clocks do meanwhile', () => {
    expect(meant(IN(2 * 3_600_000), '2026-03-29T00:00')).toBe('2026-03-29T02:00');
    expect(meant(IN(DAYS), '2026-10-24T12:00')).toBe('2026-10-25T12:00');
  });

  it('is at most a week', () => {
    expect(meant(IN(WEEK), '2026-11-23T14:00')).toBe('2026-11-30T14:00');
    expect(meant(IN(WEEK + 60_000), '2026-11-23T14:00')).toBe('time_too_far');
  });
});

describe('whatever is understood', () => {
  it('is ahead, within a week, and what the clocks of the zone then show', () => {
    const zones = fc.constantFrom('Europe/Oslo', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
    const times = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((n) => `${n}`.padStart(2, '0')).join(':'));
    const moments = fc.integer({ min: utc('2026-01-01T00:00'), max: utc('2027-12-31T00:00') });
    fc.assert(
      fc.property(zones, times, moments, (zone, time, now) => {
        const found = momentOf({ kind: 'at', time }, now, zone, WEEK);
        if (!found.ok) {
          expect(['time_skipped', 'time_twice']).toContain(found.code);
          return;
        }
        expect(found.at).toBeGreaterThan(now);
        // A time that was skipped today is shown tomorrow.
        expect(found.at - now).toBeLessThanOrEqual(2 * DAYS);
        expect(describeInstant(found.at, zone).slice(0, 5)).toBe(time);
      }),
      { numRuns: 2_000 },
    );
  });
});
