import { slackUserId } from '../../src/core/ids.ts';
import type { Target } from '../../src/core/people.ts';
import type { Held, Request, RequestIn, Result, Warned } from '../../src/core/request/request.ts';
import { EARLY, everyState, firstOf, inState, MINUTE, NOON, ola, target } from '../core/made-up.ts';

/** Requests as Bob would make them in the demo's workspace, in every state: what the pictures of all cards are of. */
const JANE = slackUserId('U0JANE');
const jane = { id: 102, login: 'jane.doe', fullName: 'Jane Doe', group: 'Sales' };
const person = ({ id, ...more }: typeof jane, further: Partial<Target> = {}): Target =>
  target(id, { ...more, ...further });

const targets = [
  person(jane, { slack: { user: JANE, how: 'map' } }),
  person({ id: 103, login: 'per', fullName: 'Per Hansen', group: 'Sales' }, { on: 'off' }),
  person({ id: 104, login: 'bjorn', fullName: 'Bjørn Ås', group: 'Support' }, { on: 'unknown' }),
];
const leftOut = [{ id: target(1).id, name: 'Administrator', code: 'never_list' as const }];

const states = everyState({ targets, leftOut, reason: 'they are locked out after the upgrade' });
export const waiting: RequestIn<'awaiting_approval'> = inState(states.awaiting_approval, 'awaiting_approval');
export const done: RequestIn<'done'> = inState(states.done, 'done');
export const held: Held = { by: ola.person, since: NOON, reason: 'month end' };

/** The same while Jane is warned, by what she answered. */
const demand = {
  ...states.warning.demand,
  warn: MINUTE,
  snooze: { times: 1, for: 10 * MINUTE },
  targetsMayStop: true,
} as const;
const warning = { ...inState(states.warning, 'warning'), demand };
function warned(answer: Partial<Warned>): RequestIn<'warning'> {
  const one = { id: firstOf(waiting).id, slack: JANE, at: EARLY, snoozes: 0, ...answer };
  return { ...warning, warned: { for: MINUTE, people: [one] } };
}
export const whileWarned: Readonly<Record<string, RequestIn<'warning'>>> = {
  warned: warned({}),
  'asked for more time': warned({ snoozes: 1 }),
  ready: warned({ ready: true }),
  unreached: warned({ unreached: 'user_gone' }),
  'warned and paused': { ...warned({}), held },
};

/** What else can come out for people than that they are gone. */
const results: readonly Result[] = [
  { id: firstOf(waiting).id, outcome: { kind: 'back' } },
  { id: target(103).id, outcome: { kind: 'was_not_on' } },
  { id: target(104).id, outcome: { kind: 'listed' } },
];
const stopped = { ...inState(states.cancelled, 'cancelled'), stopped: true } as const;

export const everyRequest: Readonly<Record<string, Request>> = {
  ...states,
  ...whileWarned,
  paused: { ...inState(states.approved, 'approved'), held },
  'asks for consent': { ...waiting, targets: [firstOf(waiting)], demand: { ...demand, consent: JANE } },
  'done, with some still there': { ...done, results },
  'stopped by an approver': { ...stopped, by: ola.person, role: 'approver' },
};
