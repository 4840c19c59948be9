import { MAX_REASON } from '../command.ts';
import type { DirectoryGroup, DirectoryPerson } from '../directory.ts';
import type { AssociateId, ChannelId, SlackUserId } from '../ids.ts';
import type { Suggestions } from '../inputs.ts';
import type { LeftOut, Target } from '../people.ts';
import type { Demand } from '../policy/decide.ts';
import type { Request, RequestIn } from '../request/request.ts';
import { describeDuration, type Instant } from '../time.ts';
import { bold, type Card, type Part, person, type Text, text, time } from './card.ts';
import { leftOuts } from './catalogue.ts';
import { deniedPart } from './denied-before.ts';
import { describeStatus, requestLabel } from './ending.ts';
import type { Choice, Field, Form, FormKind, FormValues } from './modal.ts';
import { candidateLine, countPeople, LISTED_ON_CARD, leftOutPart, nameOf, retiredPart } from './people.ts';
import { MENTIONED_APPROVERS } from './request-cards.ts';

/** Slack shows at most this many options. */
export const SUGGESTED = 100;

const TITLES: Readonly<Record<FormKind, string>> = { compose: 'Log people off', who: 'Who is logged on' };

const bare = (kind: FormKind, channel: ChannelId): Form => ({
  kind,
  title: TITLES[kind],
  channel,
  intro: [],
  fields: [],
  rows: [],
  parts: [],
  close: 'Close',
});

/** What stands in a window until what belongs in it is known. */
export const momentForm = (kind: FormKind, channel: ChannelId): Form => ({
  ...bare(kind, channel),
  intro: [{ kind: 'paragraph', text: [text('One moment …')] }],
});

const REASON_HINT =
  'Approvers and the people being logged off will read it. If it starts with "offboarding", the people being logged off will not.';

/** What would come of what is filled in at this moment. */
export type Preview =
  | { readonly kind: 'nothing_chosen' }
  | { readonly kind: 'no'; readonly words: string; readonly leftOut: readonly LeftOut[] }
  | {
      readonly kind: 'yes';
      readonly targets: readonly Target[];
      /** Of whom the viewer may learn whether they are logged on. */
      readonly toldOn: ReadonlySet<AssociateId>;
      readonly leftOut: readonly LeftOut[];
      readonly rule: string;
      readonly demand: Demand;
      /** Who may give the approvals now. */
      readonly approvers: readonly SlackUserId[];
      readonly peopleAsOf?: Instant;
      /** Requests for some of them that were denied lately, where there will be no card that says so. */
      readonly denied?: readonly RequestIn<'denied'>[];
    };

/** Asks whom to log off. `others`: the person may reach more people than themselves, so groups are of use. */
export function composeForm(channel: ChannelId, values: FormValues, others: boolean, preview: Preview): Form {
  const { people, group, text: reason = '' } = values;
  const groupField: Field = {
    kind: 'group',
    label: 'User group',
    hint: 'Everybody in it whom you may log off.',
    ...(group === undefined ? {} : { initial: group }),
  };
  return {
    ...bare('compose', channel),
    fields: [
      { kind: 'people', label: 'People', hint: 'Type a name, a login or an id.', initial: people },
      ...(others ? [groupField] : []),
      {
        kind: 'text',
        label: 'Reason',
        hint: REASON_HINT,
        max: MAX_REASON,
        ...(reason === '' ? {} : { initial: reason }),
      },
    ],
    parts: previewParts(preview),
    submit: submitLabel(preview),
    close: 'Cancel',
  };
}

/** The button promises a log-off only where the preview says that it comes to that. */
function submitLabel(preview: Preview): string {
  if (preview.kind !== 'yes') return 'Ask';
  return preview.demand.approvals > 0 ? 'Ask for approval' : 'Log off';
}

/** Who is meant, which rule will apply, whom it will ask, and what cannot be done. */
export function previewParts(preview: Preview): readonly Part[] {
  if (preview.kind === 'nothing_chosen') {
    const words = 'Choose whom to log off. This window then shows which rule applies and who is asked to approve.';
    return [{ kind: 'note', text: [text(words)] }];
  }
  if (preview.kind === 'no') {
    return [
      { kind: 'paragraph', text: [bold('This cannot be done.'), text(` ${preview.words}`)] },
      ...leftOutPart(preview.leftOut),
    ];
  }
  const { targets, toldOn, leftOut, rule, peopleAsOf } = preview;
  const line = (target: Target): Text => candidateLine(target, toldOn.has(target.id));
  const left = targets.length - LISTED_ON_CARD;
  const more: readonly Text[] = left > 0 ? [[text(`and ${left} more`)]] : [];
  const asOf: readonly Part[] =
    peopleAsOf === undefined
      ? []
      : [{ kind: 'note', text: [text('People and groups as read from SuperOffice at '), time(peopleAsOf), text('.')] }];
  return [
    { kind: 'paragraph', text: [bold(`To be logged off: ${countPeople(targets.length)}`)] },
    { kind: 'list', items: [...targets.slice(0, LISTED_ON_CARD).map(line), ...more] },
    ...retiredPart(targets),
    {
      kind: 'facts',
      rows: [
        { label: 'Rule', value: [text(rule)] },
        { label: 'Approval', value: approvalWords(preview) },
        { label: 'Warning', value: [text(warningWords(preview.demand))] },
        ...(preview.demand.reason === undefined ? [] : [{ label: 'Reason', value: [text('this rule requires one')] }]),
      ],
    },
    ...deniedPart(preview.denied ?? []),
    ...leftOutPart(leftOut),
    ...asOf,
    { kind: 'note', text: [text('Unsaved work may be lost.')] },
  ];
}

function warningWords({ warn, approvals }: Demand): string {
  if (warn !== undefined) return `people who are logged on are warned ${describeDuration(warn)} before`;
  return `none, they are logged off ${approvals === 0 ? 'immediately' : 'as soon as it is approved'}`;
}

function approvalWords({ demand, approvers }: Extract<Preview, { kind: 'yes' }>): Text {
  if (demand.approvals === 0) return [text('none needed')];
  const count = demand.approvals === 1 ? 'one' : `${demand.approvals}`;
  const by = text(`${count} by ${demand.approvers.join(' or ')}`);
  if (approvers.length < demand.approvals) return [by, text('; there are not enough approvers at the moment')];
  const named = approvers
    .slice(0, MENTIONED_APPROVERS)
    .flatMap((slack, index): Text => [text(index === 0 ? ': ' : ', '), person({ slack, name: slack })]);
  const left = approvers.length - MENTIONED_APPROVERS;
  return [by, ...named, ...(left > 0 ? [text(` and ${left} more`)] : [])];
}

/** A text where only plain words can stand, such as beside a field. */
export const inWords = (words: Text): string =>
  words.map((span) => (span.kind === 'text' ? span.text : span.kind === 'person' ? span.name : '')).join('');

/** How many people the words beside a field name. */
const NAMED_AT_FIELD = 3;

/** Why nobody of those who were chosen can be logged off, beside the field. */
export function nobodyWords(leftOut: readonly LeftOut[]): string {
  const named = leftOut.slice(0, NAMED_AT_FIELD).map(({ id, name, code }) => {
    const who = name === undefined || name.trim() === '' ? `id ${id}` : name;
    return `${who}: ${leftOuts[code].say}`;
  });
  const left = leftOut.length - NAMED_AT_FIELD;
  return `None of these people can be logged off. ${named.join('; ')}${left > 0 ? `; and ${left} more` : ''}.`;
}

/** What came of a form, in its window. */
export function openedCard(request: Request): Card {
  const summary: Text = [...requestLabel(request), ...describeStatus(request)];
  return { summary, parts: [{ kind: 'paragraph', text: summary }, ...leftOutPart(request.leftOut)] };
}

/** Somebody as the picker offers them. */
export function personChoice({ id, login, group, retired, ...who }: DirectoryPerson): Choice<AssociateId> {
  const facts = [`id ${id}`, login, group].filter((fact) => fact !== '').join(', ');
  return { id, label: nameOf({ ...who, login }), more: `${facts}${retired ? ' (retired user)' : ''}` };
}

/** Groups as the picker offers them; those that share a name get their number behind it. */
export const groupChoices = (groups: readonly DirectoryGroup[]): readonly Choice[] =>
  groups.map(({ id, name }) => {
    const isShared = groups.some((other) => other.id !== id && other.name === name);
    return { id, label: name, ...(isShared ? { more: `group ${id}` } : {}) };
  });

/** The heading says when there are more than Slack shows. */
export function suggestions(choices: readonly Choice[], total: number, counted: string): Suggestions {
  const shown = choices.slice(0, SUGGESTED);
  const isCut = total > shown.length;
  return { label: isCut ? `First ${shown.length} of ${total}: type more letters` : counted, choices: shown };
}
