import type { RequestId } from '../../src/core/ids.ts';
import { associateId, channelId, isNonEmpty, slackUserId } from '../../src/core/ids.ts';
import type { Target } from '../../src/core/people.ts';
import type { Fact, NoteEntry, RequestEntry } from '../../src/core/request/entry.ts';
import { evolve } from '../../src/core/request/evolve.ts';
import type { Request } from '../../src/core/request/request.ts';

export const NOON = 1_800_000_000_000;
const POLICY = 'aaaaaaaaaaaa';
export const anna = { slack: slackUserId('U0ANNA'), team: 'T0HOME', name: 'Anna' };
export const bob = { slack: slackUserId('U0BOB'), team: 'T0HOME', name: 'Bob' };
export const channel = channelId('C0HELP');

const target = (id: number): Target => ({
  id: associateId(id),
  login: `LOGIN${id}`,
  fullName: `Person ${id}`,
  groupId: 1,
  type: 'internal',
  retired: false,
  on: 'on',
});

/** What is stored for a new request about these people. */
export function opening(id: RequestId, associates: readonly number[] = [101], reason = 'locked out') {
  const targets = associates.map(target);
  if (!isNonEmpty(targets)) throw new Error('a request is about somebody');
  const [first, ...others] = targets;
  const entry = entryOf(id, 1, NOON, {
    kind: 'opened',
    requester: anna,
    origin: { via: 'command', channel, text: associates.join(' ') },
    targets: [first, ...others],
    leftOut: [],
    reason,
    rule: 'leads',
    demand: { approvals: 1, approvers: ['crm-leads'] },
    expiresAt: NOON + 1_800_000,
  });
  const request = evolve(undefined, entry);
  const line = {
    place: 'line' as const,
    channel,
    replyUrl: { url: 'https://hooks.example/1', uses: 0, givenAt: NOON },
  };
  return { request, entries: [entry], dueAt: NOON + 1_800_000, drawings: [line, { place: 'card' as const }] };
}

/** The request after one more fact, with its entry. */
export function after(request: Request, fact: Fact, at = NOON + 1_000) {
  const entry = entryOf(request.id, request.version + 1, at, fact);
  return { request: evolve(request, entry), entries: [entry] };
}

function entryOf(request: RequestId, version: number, at: number, fact: Fact): RequestEntry {
  return { at, via: 'command', policyVersion: POLICY, request, version, fact };
}

export function refusal(code: string): NoteEntry {
  const note = { kind: 'command_refused' as const, by: bob.slack, team: bob.team, text: 'everyone', code, targets: [] };
  return { at: NOON, via: 'command', policyVersion: POLICY, note };
}

export function activation(): NoteEntry {
  return { at: NOON, via: 'start', policyVersion: 'bbbbbbbbbbbb', note: { kind: 'policy_activated' } };
}
