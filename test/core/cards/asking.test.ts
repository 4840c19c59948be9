import { describe, expect, it } from 'vitest';
import { chooserCard, describePerson, nameOrReasonCard } from '../../../src/core/cards/chooser.ts';
import { describeRule } from '../../../src/core/cards/describe-rule.ts';
import { listed } from '../directory.ts';
import { policy } from '../made-up.ts';
import { drawn, drawnParts, gallery } from './drawn.ts';

describe('who is meant', () => {
  const people = [listed(7, 'Ola Nordmann'), { ...listed(8, 'Ola Nordmann'), group: '', retired: true }];
  const command = { kind: 'logoff', who: [{ kind: 'name', name: 'ola' }] } as const;
  const [asked] = command.who;
  it('is asked with a button for each', () =>
    expect(
      gallery({
        several: chooserCard(command, asked, 'ola', 'several', people),
        near: chooserCard({ ...command, reason: 'x' }, asked, 'ola', 'near', people.slice(0, 1)),
        email: chooserCard(command, asked, '@ola', 'email', people.slice(0, 1)),
        'a name or the reason': nameOrReasonCard(
          { kind: 'logoff', who: [{ kind: 'me' }] },
          'Ola Nordmann',
          people.slice(0, 1),
        ),
        'several names or the reason': nameOrReasonCard(
          { kind: 'logoff', who: [{ kind: 'me' }] },
          'Ola Nordmann',
          people,
        ),
      }),
    ).toMatchInlineSnapshot(`
      "-- several
      Several people are called "ola". Whom do you mean? Nothing was done yet.
      - *Ola Nordmann* (id 7, Sales)
      - *Ola Nordmann* (id 8) (retired user)
      [Ola Nordmann (7): /logoff 7] [Ola Nordmann (8): /logoff 8]
      -- near
      Nobody is called exactly "ola". Do you mean one of these? Nothing was done yet.
      - *Ola Nordmann* (id 7, Sales)
      [Ola Nordmann (7): /logoff 7 reason: x]
      -- email
      @ola was only found by e-mail address, which others can edit. Is it this person? Nothing was done yet.
      - *Ola Nordmann* (id 7, Sales)
      [Ola Nordmann (7): /logoff 7]
      -- a name or the reason
      "Ola Nordmann" is somebody's name. Do you mean this person too, or is it the reason? Nothing was done yet.
      - *Ola Nordmann* (id 7, Sales)
      [Ola Nordmann (7): /logoff me 7] [It is the reason: /logoff me reason: Ola Nordmann]
      -- several names or the reason
      Several people are called "Ola Nordmann". Do you mean one of them too, or is it the reason? Nothing was done yet.
      - *Ola Nordmann* (id 7, Sales)
      - *Ola Nordmann* (id 8) (retired user)
      [Ola Nordmann (7): /logoff me 7] [Ola Nordmann (8): /logoff me 8] [It is the reason: /logoff me reason: Ola Nordmann]"
    `));
  it('no words are longer than Slack takes, and a half sign is never left', () => {
    const long = { ...listed(7, `${'n'.repeat(69)}😀😀`) };
    const label = /\[(.*?): \/logoff/.exec(drawn(chooserCard(command, asked, 'n', 'near', [long])))?.[1] ?? '';
    expect([label.length <= 75, label]).toEqual([true, `${'n'.repeat(69)}… (7)`]);
    const exact = listed(7, 'n'.repeat(71));
    expect(drawn(chooserCard(command, asked, 'n', 'near', [exact]))).toContain(`[${'n'.repeat(71)} (7): `);
    const more = listed(7, 'n'.repeat(72));
    expect(drawn(chooserCard(command, asked, 'n', 'near', [more]))).toContain(`[${'n'.repeat(70)}… (7): `);
    const typed = (words: string) => drawn(chooserCard(command, asked, words, 'near', people)).split('"')[1];
    expect(typed('t'.repeat(100))).toBe('t'.repeat(100));
    expect(typed('t'.repeat(101))).toBe(`${'t'.repeat(99)}…`);
    expect(typed(`${'t'.repeat(98)}😀t`)).toBe(`${'t'.repeat(98)}…`);
    expect(typed(`${'t'.repeat(97)}😀tt`)).toBe(`${'t'.repeat(97)}😀…`);
  });
  it('where the command is too long for a button it is to be typed again', () => {
    const reason = 'r'.repeat(500);
    const who = Array.from({ length: 22 }, (_, at) => ({ kind: 'name', name: `${'n'.repeat(90)}${at}` }) as const);
    const [first, ...rest] = who;
    if (first === undefined) throw new Error('somebody is named');
    const long = { kind: 'logoff', who: [first, ...rest], reason } as const;
    expect(drawn(chooserCard(long, first, 'x', 'near', people))).toMatch(
      /Type the command again with the id\. Nothing was done yet\.(?!.*\[)/s,
    );
    expect(drawn(nameOrReasonCard(long, 'x', people))).toContain('with the id, or with reason: in front. Nothing');
  });
  it('is described without what is not known', () =>
    expect(people.map((one) => drawnParts([{ kind: 'paragraph', text: describePerson(one) }]))).toEqual([
      '*Ola Nordmann* (id 7, Sales)',
      '*Ola Nordmann* (id 8) (retired user)',
    ]));
});

it('a rule is described with all that it asks for', () => {
  const rule = { name: 'r', who: 'helpdesk', targets: 'any', approvals: 1, approvers: ['crm-leads', 'helpdesk'] };
  const say = (more: Readonly<Record<string, unknown>>) => {
    const [one] = policy({ rules: [{ ...rule, ...more }] }).rules;
    return one === undefined ? '' : describeRule(one);
  };
  expect(
    [
      say({}),
      say({ approvals: 2, targets: { at_most: 1 } }),
      say({ approvals: 0, approvers: undefined, targets: { groups: ['Sales', 'Legal'] } }),
      say({ targets: { at_most: 5, groups: ['Sales'] }, warn: '2m' }),
      say({ targets: 'self', approvals: 0, warn: '2m' }),
      say({ consent: true, channels: ['C0A', 'C0B'], reason: 'required', confirm_above: 1, targets_may_stop: true }),
      say({ consent: true, approvals: 0, reason: { pattern: '^x', say: 'Say x.' }, budget: { people: 1, per: '2h' } }),
      say({ budget: { people: 20, per: '1h' }, targets_may_stop: false }),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "log anybody off, after one approval by crm-leads or helpdesk (rule "r")
    log off at most 1 person in one request, after 2 approvals by crm-leads or helpdesk (rule "r")
    log people off, only of Sales or Legal, without approval (rule "r")
    log off at most 5 people in one request, only of Sales, after one approval by crm-leads or helpdesk, others are warned 2 min before (rule "r")
    log yourself off, without approval (rule "r")
    log anybody off, after one approval by crm-leads or helpdesk, or when the person concerned agrees, only in the channel C0A or C0B, give a reason, above 1 person you confirm the list first, whoever is concerned may stop it (rule "r")
    log anybody off, without approval, give a reason: Say x., beyond 1 person in 2 h only with an approval (rule "r")
    log anybody off, after one approval by crm-leads or helpdesk (rule "r")"
  `);
});
