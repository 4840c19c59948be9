import { describe, expect, it, test } from 'vitest';
import { statusList } from '../../../src/core/cards/answers.ts';
import type { Card } from '../../../src/core/cards/card.ts';
import { consentCard } from '../../../src/core/cards/consent-card.ts';
import { describeRule } from '../../../src/core/cards/describe-rule.ts';
import { describeStatus } from '../../../src/core/cards/ending.ts';
import { helpCard } from '../../../src/core/cards/help-card.ts';
import { lineCard } from '../../../src/core/cards/line-card.ts';
import { requestCard } from '../../../src/core/cards/request-cards.ts';
import { everyState, follow, inState, MINUTE, NOON, ola, open, person, policy, target } from '../made-up.ts';
import { lines, words } from './texts.ts';

const rule = (more: Readonly<Record<string, unknown>>) => {
  const [first] = policy({ rules: [{ name: 'r', who: 'helpdesk', targets: 'any', approvals: 0, ...more }] }).rules;
  if (first === undefined) throw new Error('there is a rule');
  return first;
};
const buttons = (card: Card) =>
  card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons.map(({ action }) => action) : []));
const none = { approvers: [], others: [] };

describe('a rule in words tells what it asks for', () => {
  const asking = { approvals: 2, approvers: ['crm-leads', 'helpdesk'] };
  test.each<[Readonly<Record<string, unknown>>, string]>([
    [{}, 'log anybody off, without approval (rule "r")'],
    [asking, 'log anybody off, after 2 approvals by crm-leads or helpdesk (rule "r")'],
    [
      { ...asking, consent: true },
      'log anybody off, after 2 approvals by crm-leads or helpdesk, or when the person concerned agrees (rule "r")',
    ],
    [{ consent: true }, 'log anybody off, without approval (rule "r")'],
    [{ channels: ['C0A', 'C0B'] }, 'log anybody off, without approval, only in the channel C0A or C0B (rule "r")'],
    [{ reason: 'required' }, 'log anybody off, without approval, give a reason (rule "r")'],
    [
      { reason: { pattern: '^X', say: 'Give the ticket number.' } },
      'log anybody off, without approval, give a reason: Give the ticket number. (rule "r")',
    ],
    [
      { budget: { people: 20, per: '1h' } },
      'log anybody off, without approval, beyond 20 people in 1 h only with an approval (rule "r")',
    ],
    [
      { ...asking, budget: { people: 1, per: '1h' } },
      'log anybody off, after 2 approvals by crm-leads or helpdesk (rule "r")',
    ],
    [{ confirm_above: 1 }, 'log anybody off, without approval, above 1 person you confirm the list first (rule "r")'],
  ])('%j', (more, expected) => expect(describeRule(rule(more))).toBe(expected));

  it('help tells approvers how to pause, and nobody else', () => {
    const powers = { rules: [rule({})], isTied: false, maxTargets: 50 };
    expect(lines(helpCard({ ...powers, mayPause: true }).parts).join()).toContain('/logoff pause');
    expect(lines(helpCard(powers).parts).join()).not.toContain('pause');
    const approver = helpCard({ ...powers, rules: [], mayPause: true });
    expect(words(approver.summary)).toContain('You may approve');
    expect(lines(approver.parts).join()).not.toMatch(/asks to log|window/);
  });
});

describe('a pause on cards', () => {
  const pause = { by: ola.person, since: NOON, reason: 'month end' };
  const { approved } = everyState();
  const held = follow(approved, [[NOON, { kind: 'hold', pause }]]);
  it('stands on the line and on the card', () => {
    expect(words(lineCard(held).summary)).toMatch(/paused by .*OLA.* since .* \(month end\); dropped unless/);
    expect(
      words(describeStatus(follow(approved, [[NOON, { kind: 'hold', pause: { by: ola.person, since: NOON } }]]))),
    ).not.toContain('(');
  });
  it('is what an expired request blames', () => {
    const expired = follow(held, [[NOON + 20 * MINUTE, { kind: 'lapse' }]]);
    expect(words(describeStatus(expired))).toMatch(/^paused by .* and not resumed in time. Nothing was done.$/);
  });
  it('heads the list of open requests, also an empty one', () => {
    for (const list of [[], [held]]) {
      expect(lines(statusList(list, 'x', pause).parts)[0]).toMatch(/^All log-offs are paused by .*\(month end\)\.$/);
      expect(lines(statusList(list, 'x').parts).join()).not.toContain('All dispatch');
    }
  });
});

describe('confirming and agreeing on cards', () => {
  const rules = policy({
    rules: [{ name: 'r', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads', confirm_above: 2 }],
  });
  const { request } = open({ rules });
  it('the line of what must be confirmed has a button for it; the others have none', () => {
    expect(buttons(lineCard(request))).toEqual(['confirm', 'cancel']);
    expect(buttons(requestCard(request, none))).toEqual([]);
    expect(buttons(lineCard(everyState().awaiting_approval))).toEqual(['cancel']);
  });
  it('who may agree is asked with a button, as long as it is waited for', () => {
    const anna = person('U0ANNA').slack;
    const { request: plain } = open({ targets: [target(101)] });
    const waiting = { ...inState(plain, 'awaiting_approval'), demand: { ...plain.demand, consent: anna } };
    expect(buttons(consentCard(waiting))).toEqual(['consent']);
    expect(lines(requestCard(waiting, none).parts).join()).toMatch(/0 of 1, or .* agrees/);
    const { expiresAt: _, ...rest } = waiting;
    const denied = { ...rest, status: 'denied', by: ola.person, endedAt: NOON } as const;
    expect(buttons(consentCard(denied))).toEqual([]);
    expect(lines(consentCard(denied).parts).join()).toContain('It is now: denied by');
    expect(lines(requestCard(denied, none).parts).join()).not.toContain('agrees');
  });
  it('earlier denials are told with their reason, the newest three', () => {
    const { denied } = everyState();
    const before = [4, 3, 2, 1].map((_, index) => ({ ...inState(denied, 'denied'), note: `no ${index}` }));
    const told = lines(requestCard(request, { ...none, denied: before }).parts).filter((line) =>
      line.includes('Denied before'),
    );
    expect(told).toHaveLength(3);
    expect(told[0]).toMatch(/Denied before: request 17 by .*, .*: no 0/);
  });
});
