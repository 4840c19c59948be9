import { describe, expect, it, test } from 'vitest';
import { type SlackUserId, slackUserId } from '../../../src/core/ids.ts';
import type { Target } from '../../../src/core/people.ts';
import {
  isRequester,
  newPlaces,
  type Place,
  placesOf,
  tellsRequester,
  whoAt,
  whoIsTold,
} from '../../../src/core/request/place.ts';
import type { Outcome, Request } from '../../../src/core/request/request.ts';
import { aid, alice, bob, EARLY, everyState, inState, open, person, standing, target } from '../made-up.ts';

const inSlack = (id: number, user: string): Target => target(id, { slack: { user: slackUserId(user), how: 'email' } });
/** 101 is Anna, 102 is Bob who asks, 103 Cleo; nobody knows who 104 is in Slack. */
const TARGETS = [inSlack(101, 'U0ANNA'), inSlack(102, 'U0BOB'), inSlack(103, 'U0CLEO'), target(104)];
const records = everyState({ targets: TARGETS });
const user = (id: SlackUserId | undefined) => `${id}`;

/** The same record, with the people who were warned. */
function warned<R extends Request>(request: R, ...people: readonly (readonly [number, string | undefined])[]): R {
  const list = people.map(([id, unreached]) => {
    const one = { id: aid(id), at: EARLY, snoozes: 0, slack: slackUserId('U0X') };
    return unreached === undefined ? one : { ...one, unreached };
  });
  return { ...request, warned: { for: 60_000, people: list } };
}
const told = (request: Request): readonly Place[] => placesOf(request).filter((place) => place.startsWith('told:'));

describe('the card, and the question to the one concerned', () => {
  const { request } = open();
  test.each<[string, Partial<Request['demand']>, readonly Place[]]>([
    ['nobody is asked', { approvals: 0 }, ['line']],
    ['approvers are asked', {}, ['card', 'line']],
    ['the one concerned as well', { consent: slackUserId('U0ANNA') }, ['card', 'consent', 'line']],
    ['nobody is asked, so nobody may agree', { approvals: 0, consent: slackUserId('U0ANNA') }, ['line']],
  ])('%s', (_name, demand, expected) =>
    expect(placesOf({ ...request, demand: { ...request.demand, ...demand } })).toEqual(expected),
  );
});

describe('warnings', () => {
  it('are shown to those who are known in Slack', () => {
    const { warning } = records;
    const people = [
      { id: aid(101), at: EARLY, snoozes: 0, slack: slackUserId('U0ANNA') },
      { id: aid(104), at: EARLY, snoozes: 0 },
    ];
    expect(placesOf({ ...warning, warned: { for: 1, people } })).toEqual(['card', 'line', 'warn:101']);
  });
});

describe('what became of it is told', () => {
  const looked = (outcome: 'gone' | 'back' | 'listed' | 'not_yet'): Request => {
    const verifying = inState(records.verifying, 'verifying');
    return { ...verifying, sightings: verifying.sightings.map((one) => ({ ...one, seen: outcome })) };
  };
  const ended = (status: 'done' | 'unknown', kind: Outcome['kind']): Request => {
    const outcome: Outcome = kind === 'see' ? { kind, request: open().request.id } : { kind };
    const results = TARGETS.map(({ id }) => ({ id, outcome }));
    return status === 'done'
      ? { ...inState(records.done, 'done'), results }
      : { ...inState(records.unknown, 'unknown'), results };
  };
  const ALL: readonly Place[] = ['told:101', 'told:103'];

  test.each<[string, Request, readonly Place[]]>([
    ['as soon as somebody was seen gone', looked('gone'), ALL],
    ['or gone and back', looked('back'), ALL],
    ['not while they are still listed', looked('listed'), []],
    ['not before anybody looked', looked('not_yet'), []],
    ['at the end to who is gone', ended('done', 'gone'), ALL],
    ['to who is still listed', ended('done', 'listed'), ALL],
    ['to who could not be checked', ended('unknown', 'not_checked'), ALL],
    ['not to who was not on', ended('done', 'was_not_on'), []],
    ['unless they were warned', warned(ended('done', 'was_not_on'), [101, undefined]), ['told:101']],
    ['not to whom another request is at', ended('done', 'see'), []],
    ['unless they were warned as well', warned(ended('unknown', 'see'), [103, undefined]), ['told:103']],
    ['not where the warning did not reach them', warned(ended('done', 'was_not_on'), [101, 'user_gone']), []],
    ['not while it is approved', warned(records.approved, [101, undefined]), []],
    ['not while they are warned', warned(records.warning, [101, undefined]), []],
    ['not while SuperOffice is asked', warned(records.dispatching, [101, undefined]), []],
    ['not of what was denied: nobody was warned then', warned(records.denied, [101, undefined]), []],
    ['of what was stopped, to who was warned', warned(records.cancelled, [101, undefined]), ['told:101']],
    ['of what was stopped, to nobody else', warned(records.cancelled), []],
    ['of what ran out', warned(records.expired, [101, undefined]), ['told:101']],
    ['of what was not carried out', warned(records.aborted, [101, undefined]), ['told:101']],
    ['of what failed', warned(records.failed, [101, undefined]), ['told:101']],
    ['of none of these to who was not warned', warned(records.failed, [101, 'user_gone']), []],
  ])('%s', (_name, request, expected) => expect(told(request)).toEqual(expected));

  it('not to the one concerned who stopped it', () => {
    const cancelled = inState(records.cancelled, 'cancelled');
    const anna = person('U0ANNA');
    const stopped = warned({ ...cancelled, by: anna }, [101, undefined], [103, undefined]);
    expect(told(stopped)).toEqual(['told:103']);
  });

  test.each([
    [101, 'U0ANNA'],
    [103, 'U0CLEO'],
    [102, 'undefined'],
    [104, 'undefined'],
    [999, 'undefined'],
  ])('%i is told as %s', (id, expected) => expect(user(whoIsTold(records.done, aid(id)))).toBe(expected));
});

describe('who asked', () => {
  const { request } = open({ requester: bob, targets: TARGETS });
  test.each<[string, Target, boolean]>([
    ['is known by the Slack account', inSlack(999, 'U0BOB'), true],
    ['or by the associate', target(102), true],
    ['also under another account', inSlack(102, 'U0OTHER'), true],
    ['and is nobody else', inSlack(101, 'U0ANNA'), false],
    ['nor somebody whom nobody knows', target(104), false],
  ])('%s', (_name, one, expected) => expect(isRequester(request, one)).toBe(expected));

  it('is not taken for somebody where nothing ties them to an associate', () => {
    const untied = open({ requester: standing(person('U0BOB'), ['helpdesk']) }).request;
    expect(isRequester(untied, target(102))).toBe(false);
  });

  test.each<[string, Request, boolean]>([
    ['hears how it ended', records.done, true],
    ['hears what ran out', records.expired, true],
    ['hears nothing while it goes on', records.verifying, false],
    ['hears nothing of what they took back themselves', records.cancelled, false],
    ['hears who else stopped it', { ...inState(records.cancelled, 'cancelled'), by: alice.person }, true],
    ['hears that it was denied, by whomever', { ...inState(records.denied, 'denied'), by: bob.person }, true],
  ])('%s', (_name, record, expected) => {
    expect(tellsRequester(record)).toBe(expected);
    expect(placesOf(record).includes('outcome')).toBe(expected);
  });
});

describe('a place', () => {
  test.each<[Place, number | undefined]>([
    ['card', undefined],
    ['line', undefined],
    ['outcome', undefined],
    ['warn:101', 101],
    ['told:2147483647', 2_147_483_647],
  ])('%s concerns %s', (place, expected) => expect(whoAt(place)).toBe(expected));

  it('is new where it was not before, and once only', () => {
    const { request } = open({ targets: TARGETS });
    const { remindAt: _, ...reminded } = inState(request, 'awaiting_approval');
    expect(newPlaces(request, { ...reminded, reminded: true })).toEqual(['reminder']);
    expect(newPlaces({ ...reminded, reminded: true }, { ...reminded, reminded: true })).toEqual([]);
    expect(placesOf(request)).not.toContain('reminder');
  });
});
