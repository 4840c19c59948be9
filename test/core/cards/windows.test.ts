import { describe, expect, it } from 'vitest';
import { composeForm, momentForm, nobodyWords, previewParts } from '../../../src/core/cards/compose.ts';
import type { Modal } from '../../../src/core/cards/modal.ts';
import { denyModal, peopleModal } from '../../../src/core/cards/modals.ts';
import { slackUserId } from '../../../src/core/ids.ts';
import { aid, CHANNEL, MINUTE, NOON, open, target } from '../made-up.ts';
import { drawnParts } from './drawn.ts';

/** A window as text: its title and buttons around its parts. */
const windowText = ({ title, parts, submit, close, pages, input }: Modal): string =>
  [
    `== ${title} ==`,
    drawnParts(parts),
    ...(input === undefined ? [] : [`{${input.label}: ${input.hint}, ${input.max}, ${input.optional}}`]),
    ...(pages === undefined ? [] : [`page ${pages.page} of ${pages.of}`]),
    `${submit} | ${close}`,
  ].join('\n');

it('a window asks why, or shows everybody', () => {
  const { request } = open({ targets: [target(101), target(102)] });
  const many = Array.from({ length: 51 }, (_, at) => target(200 + at));
  const [first, ...rest] = many;
  const long = { ...request, targets: [first ?? target(1), ...rest] as const };
  const free = { ...request, demand: { ...request.demand, approvals: 0 } };
  expect(
    [
      windowText(denyModal(request)),
      windowText(peopleModal(request, 0, 'people')),
      windowText(peopleModal(request, 0, 'approve')),
      windowText(peopleModal(request, 0, 'confirm')),
      windowText(peopleModal(free, 0, 'confirm')),
      windowText(peopleModal(long, 5, 'people')),
      windowText(peopleModal({ ...long, targets: [long.targets[0], ...long.targets.slice(1, 50)] }, 0, 'approve'))
        .split('\n')
        .at(-1),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "== Deny request 17 ==
    bob asked to log off Person 101 and 1 more. One Deny ends the request.
    {Reason: The requester will read it, and so will everybody in the channel where they asked., 500, true}
    Deny | Back
    == Request 17 ==
    waiting for approval
    - *Person 101* (login101, id 101, group 7): logged on now
    - *Person 102* (login102, id 102, group 7): logged on now
    undefined | Close
    == Log off 2 people? ==
    Approving logs all 2 people off the SuperOffice Windows client. Unsaved work may be lost.
    - *Person 101* (login101, id 101, group 7): logged on now
    - *Person 102* (login102, id 102, group 7): logged on now
    Approve | Back
    == Log off 2 people? ==
    You ask for approval; a yes logs all 2 people off the SuperOffice Windows client. Unsaved work may be lost.
    - *Person 101* (login101, id 101, group 7): logged on now
    - *Person 102* (login102, id 102, group 7): logged on now
    Ask for approval | Back
    == Log off 2 people? ==
    Confirming logs all 2 people off the SuperOffice Windows client. Unsaved work may be lost.
    - *Person 101* (login101, id 101, group 7): logged on now
    - *Person 102* (login102, id 102, group 7): logged on now
    Log off | Back
    == Request 17 ==
    waiting for approval
    - *Person 250* (login250, id 250, group 7): logged on now
    page 1 of 2
    undefined | Close
    Approve | Back"
  `);
});

describe('the window to choose people in', () => {
  const yes = (demand: object, approvers: readonly string[] = ['U0ALICE', 'U0OLA'], more: object = {}) =>
    drawnParts(
      previewParts({
        kind: 'yes',
        targets: [target(101), target(102)],
        toldOn: new Set([aid(101)]),
        leftOut: [],
        rule: 'helpdesk',
        demand: { approvals: 1, approvers: ['leads', 'night'], ...demand },
        approvers: approvers.map((id) => slackUserId(id)),
        ...more,
      }),
    );
  it('says what would come of it', () =>
    expect(
      [
        drawnParts(previewParts({ kind: 'nothing_chosen' })),
        drawnParts(previewParts({ kind: 'no', words: 'No rule.', leftOut: [{ id: aid(9), code: 'unknown_id' }] })),
        yes({}),
        yes({ approvals: 2, warn: 2 * MINUTE, reason: 'required' }, ['U0ALICE']),
        yes({ approvals: 0 }, []),
        yes({ approvals: 0, warn: MINUTE }, [], { peopleAsOf: NOON, leftOut: [{ id: aid(9), code: 'never_list' }] }),
        yes(
          {},
          Array.from({ length: 11 }, (_, at) => `U0L${at}`),
        ),
        yes(
          {},
          Array.from({ length: 10 }, (_, at) => `U0L${at}`),
        ),
      ].join('\n--\n'),
    ).toMatchInlineSnapshot(`
      "(Choose whom to log off. This window then shows which rule applies and who is asked to approve.)
      --
      *This cannot be done.* No rule.
      *Left out*
      - id 9: nobody you may log off has this id
      --
      *To be logged off: 2 people*
      - *Person 101* (login101, id 101, group 7): logged on now
      - *Person 102* (login102, id 102, group 7)
      Rule = helpdesk
      Approval = one by leads or night: @U0ALICE, @U0OLA
      Warning = none, they are logged off as soon as it is approved
      (Unsaved work may be lost.)
      --
      *To be logged off: 2 people*
      - *Person 101* (login101, id 101, group 7): logged on now
      - *Person 102* (login102, id 102, group 7)
      Rule = helpdesk
      Approval = 2 by leads or night; there are not enough approvers at the moment
      Warning = people who are logged on are warned 2 min before
      Reason = this rule requires one
      (Unsaved work may be lost.)
      --
      *To be logged off: 2 people*
      - *Person 101* (login101, id 101, group 7): logged on now
      - *Person 102* (login102, id 102, group 7)
      Rule = helpdesk
      Approval = none needed
      Warning = none, they are logged off immediately
      (Unsaved work may be lost.)
      --
      *To be logged off: 2 people*
      - *Person 101* (login101, id 101, group 7): logged on now
      - *Person 102* (login102, id 102, group 7)
      Rule = helpdesk
      Approval = none needed
      Warning = people who are logged on are warned 1 min before
      *Left out*
      - id 9: protected: no rule can reach them
      (People and groups as read from SuperOffice at 12:00.)
      (Unsaved work may be lost.)
      --
      *To be logged off: 2 people*
      - *Person 101* (login101, id 101, group 7): logged on now
      - *Person 102* (login102, id 102, group 7)
      Rule = helpdesk
      Approval = one by leads or night: @U0L0, @U0L1, @U0L2, @U0L3, @U0L4, @U0L5, @U0L6, @U0L7, @U0L8, @U0L9 and 1 more
      Warning = none, they are logged off as soon as it is approved
      (Unsaved work may be lost.)
      --
      *To be logged off: 2 people*
      - *Person 101* (login101, id 101, group 7): logged on now
      - *Person 102* (login102, id 102, group 7)
      Rule = helpdesk
      Approval = one by leads or night: @U0L0, @U0L1, @U0L2, @U0L3, @U0L4, @U0L5, @U0L6, @U0L7, @U0L8, @U0L9
      Warning = none, they are logged off as soon as it is approved
      (Unsaved work may be lost.)"
    `));
  it('lists twenty people, and counts the others', () => {
    const some = (count: number) =>
      yes({}, [], { targets: Array.from({ length: count }, (_, at) => target(200 + at)) });
    expect(some(20)).not.toContain('and ');
    expect(some(23)).toContain('- and 3 more');
  });
  it('has the fields that are of use, filled in as before', () => {
    const preview = { kind: 'nothing_chosen' } as const;
    const choice = { id: aid(101), label: 'Anna' };
    const group = { id: 4, label: 'Sales' };
    const full = composeForm(CHANNEL, { people: [choice], group, text: 'why' }, true, preview);
    expect(full.fields.map((field) => ('initial' in field ? field.initial : undefined))).toEqual([
      [choice],
      group,
      'why',
    ]);
    const bare = composeForm(CHANNEL, { people: [] }, true, preview);
    expect(bare.fields.map((field) => Object.hasOwn(field, 'initial'))).toEqual([true, false, false]);
    expect(composeForm(CHANNEL, { people: [] }, false, preview).fields.map(({ kind }) => kind)).toEqual([
      'people',
      'text',
    ]);
    expect(full).toMatchObject({ submit: 'Ask', close: 'Cancel', intro: [], rows: [] });
    expect(momentForm('who', CHANNEL)).toMatchObject({ kind: 'who', close: 'Close', fields: [], rows: [], parts: [] });
    expect(drawnParts(momentForm('who', CHANNEL).intro)).toBe('One moment …');
  });
  it('says beside the field why nobody can be logged off', () => {
    const left = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ id: aid(1 + at), code: 'never_list' as const }));
    expect(
      nobodyWords([
        { id: aid(1), name: ' ', code: 'unknown_id' },
        { id: aid(2), name: 'Ada', code: 'never_list' },
      ]),
    ).toBe(
      'None of these people can be logged off. id 1: nobody you may log off has this id; Ada: protected: no rule can reach them.',
    );
    expect(nobodyWords(left(3))).not.toContain('more');
    expect(nobodyWords(left(5))).toContain('; and 2 more.');
  });
});
