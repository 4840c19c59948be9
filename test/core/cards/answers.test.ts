import { describe, expect, it, test } from 'vitest';
import {
  leftOutCard,
  misunderstanding,
  nobodyCard,
  noSuchRequest,
  refusalCard,
  statusList,
} from '../../../src/core/cards/answers.ts';
import { denials, explainFailure, failures, leftOuts, refusals } from '../../../src/core/cards/catalogue.ts';
import { helpCard } from '../../../src/core/cards/help-card.ts';
import { reviewedCard } from '../../../src/core/cards/reviewed-card.ts';
import { parseCommand } from '../../../src/core/grammar.ts';
import { aid, EARLY, everyState, open, policy } from '../made-up.ts';
import { lines, words } from './texts.ts';

const answerTo = (typed: string) => {
  const parsed = parseCommand(typed);
  return parsed.ok ? 'understood' : words(misunderstanding(parsed.problem).summary);
};

describe('a command that was not understood', () => {
  test.each<[string, readonly string[]]>([
    ['101 #jane', ['"#jane"', 'Understood so far: 101.', '`/logoff jane.doe "Per Hansen" reason:']],
    ['@jane', ['"@jane" is not a mention', 'Pick the person']],
    ['101 2147483648', ['"2147483648" is not an associate id', '1 to 2147483647']],
    ['reason: x', ['whom to log off']],
    ['101 reason:', ['nothing after "reason:"']],
    ['cancel', ['Which request?', '`/logoff cancel 17`']],
    ['status jane', ['"jane" is not a request number', '`/logoff status 17`']],
    ['help me', ['"me"', 'like this: `/logoff help`']],
  ])('%j is answered with what was understood and what to type', (typed, expected) => {
    for (const part of [...expected, 'Type it like this', 'Nothing was done.']) expect(answerTo(typed)).toContain(part);
  });

  it('does not repeat a thousand words', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => index + 1);
    expect(answerTo(`${ids.join(' ')} #jane`).length).toBeLessThan(500);
    expect(answerTo(`${ids.join(' ')} #jane`)).toContain('20 and 980 more.');
  });
});

describe('help', () => {
  it('shows the rules that are given and no others', () => {
    const { rules } = policy({
      rules: [
        { name: 'own', who: 'anyone', targets: 'self', approvals: 0 },
        { name: 'one', who: 'helpdesk', targets: { at_most: 1 }, approvals: 1, approvers: 'crm-leads' },
        { name: 'all', who: 'helpdesk', targets: 'any', approvals: 2, approvers: ['crm-leads', 'helpdesk'] },
      ],
    });
    const powers = { rules, isTied: true, maxTargets: 50 };
    expect(lines(helpCard(powers).parts)).toEqual(
      expect.arrayContaining([
        'log yourself off, without approval (rule "own")',
        'log off at most 1 person in one request, after one approval by crm-leads (rule "one")',
        'log anybody off, after 2 approvals by crm-leads or helpdesk (rule "all")',
      ]),
    );
    expect(lines(helpCard({ ...powers, rules: rules.slice(0, 1) }).parts).join()).not.toMatch(/"one"|"all"/);
    expect(words(helpCard({ ...powers, rules: [] }).summary)).toContain('No rule lets you');
  });

  const { rules } = policy({
    rules: [
      { name: 'own', who: 'anyone', targets: 'self', approvals: 0 },
      { name: 'few', who: 'helpdesk', targets: { at_most: 5 }, approvals: 0 },
      { name: 'some', who: 'helpdesk', targets: { groups: ['Sales'] }, approvals: 0 },
    ],
  });
  const [own, few, some] = rules;
  const told = (mine: typeof rules, isTied = true) => lines(helpCard({ rules: mine, isTied, maxTargets: 50 }).parts);

  it('shows no command that would only be refused', () => {
    if (own === undefined || few === undefined || some === undefined) throw new Error('there are three rules');
    expect(told([own]).join()).toContain('/logoff me: asks to log yourself off');
    expect(told([own]).join()).not.toMatch(/these people|group:|who is logged on/);
    expect(told([few]).join()).not.toContain('/logoff me');
    expect(told([own, few]).join()).toMatch(/at most 5 in one request.*\/logoff me/);
    expect(told([few, some]).join()).toContain('asks to log these people off, at most 50 in one request');
  });

  it('tells somebody whom nothing ties to an associate why they cannot log themselves off, and what to do', () => {
    if (own === undefined || few === undefined) throw new Error('there are rules');
    expect(told([own], false)).toEqual([expect.stringContaining('which SuperOffice user you are. Ask your CRM')]);
    expect(told([own, few], false).join()).toContain('which SuperOffice user you are. Ask your CRM');
    expect(told([own, few], false).join()).not.toMatch(/logoff me|log yourself off, without/);
  });
});

describe('answers to clicks', () => {
  const records = everyState();
  it('what is decided says who decided what, and when', () => {
    const at = new Date(EARLY).toISOString();
    expect(words(refusalCard('already_decided', records.denied).summary)).toBe(
      `Request 17 is already finished: denied by [U0ALICE] at [${at}]. Nothing was done. Nothing changed.`,
    );
    expect(words(refusalCard('already_decided', records.done).summary)).toMatch(
      /is already finished: 3 people logged off\. Approved by \[U0ALICE\] at \[.*\]\. Nothing changed\.$/,
    );
  });
  test.each(Object.entries(records))('%s: each answer is whole', (_state, record) => {
    const cards = [
      reviewedCard(record, 'approve'),
      leftOutCard(record),
      statusList([record], 'SuperOffice'),
      refusalCard('already_decided', record),
      refusalCard('own_request', record),
    ];
    for (const card of cards)
      expect([words(card.summary), ...lines(card.parts)].join()).not.toMatch(/undefined|NaN|\[object/);
  });
  it('an unknown request and one that may not be seen read the same', () =>
    expect(words(noSuchRequest(17).summary)).toBe(
      'There is no request 17 that you can see. `/logoff status` lists those that you can.',
    ));
  it('nobody left names each reason', () =>
    expect(
      lines(
        nobodyCard([
          { id: aid(5), code: 'unknown_id' },
          { id: aid(7), name: 'Me', code: 'bot_itself' },
        ]).parts,
      ),
    ).toEqual(
      expect.arrayContaining(['id 5: nobody you may log off has this id', "Me (id 7): this is the bot's own account"]),
    ));
  it('no open request, one, and several', () => {
    expect(words(statusList([], 'SuperOffice 8.5, web services 86.').summary)).toContain('no open request');
    expect(words(statusList([open().request], '').summary)).toBe('One open request:');
    expect(words(statusList([open().request, records.verifying], '').summary)).toBe('2 open requests:');
    const many = statusList(
      Array.from({ length: 35 }, () => open().request),
      undefined,
    );
    expect(words(many.summary)).toBe('35 open requests, here the newest 20:');
    expect(lines(many.parts)).toHaveLength(21);
  });
});

describe('the catalogue', () => {
  test.each(Object.entries({ ...failures, ...refusals, ...leftOuts, ...denials }))(
    '%s has a sentence and a hint',
    (_code, { say, hint }) => {
      expect(say.length).toBeGreaterThan(5);
      expect(hint.length).toBeGreaterThan(5);
    },
  );
  it('has general words for a code that it does not know, and none for names of JavaScript itself', () => {
    for (const code of ['http_503', 'toString', '__proto__', 'constructor']) {
      expect(explainFailure(code)).toBe(failures['netserver']);
    }
    expect(explainFailure('backing_off')).toBe(failures['credentials']);
  });
});
