import { outcomeCard, reminderCard, toldCard } from '../../src/core/cards/afterwards.ts';
import * as answers from '../../src/core/cards/answers.ts';
import { type Card, text } from '../../src/core/cards/card.ts';
import { refusals } from '../../src/core/cards/catalogue.ts';
import * as chooser from '../../src/core/cards/chooser.ts';
import { composeForm, momentForm, openedCard, type Preview } from '../../src/core/cards/compose.ts';
import { consentCard } from '../../src/core/cards/consent-card.ts';
import { deniedBeforeCard } from '../../src/core/cards/denied-before.ts';
import { noticeCard, overCard, reminderOfEveryone, whenCard } from '../../src/core/cards/everyone.ts';
import { helpCard } from '../../src/core/cards/help-card.ts';
import { withHints } from '../../src/core/cards/hints.ts';
import * as history from '../../src/core/cards/history.ts';
import { lineCard } from '../../src/core/cards/line-card.ts';
import type { Form, Modal } from '../../src/core/cards/modal.ts';
import { denyModal, momentModal, peopleModal } from '../../src/core/cards/modals.ts';
import { notShownCard, tooFewApproversCard } from '../../src/core/cards/not-shown-card.ts';
import * as pauses from '../../src/core/cards/pause-cards.ts';
import { pointerCard } from '../../src/core/cards/pointer-card.ts';
import { policyCard } from '../../src/core/cards/policy-card.ts';
import { requestCard, type View } from '../../src/core/cards/request-cards.ts';
import { reviewedCard } from '../../src/core/cards/reviewed-card.ts';
import { toPhoneCard } from '../../src/core/cards/to-phone.ts';
import { warningCard } from '../../src/core/cards/warning-cards.ts';
import { whoForm } from '../../src/core/cards/who.ts';
import { whyCard, whyRequestCard } from '../../src/core/cards/why-cards.ts';
import type { MisunderstandingCode } from '../../src/core/command.ts';
import { requestId, slackUserId } from '../../src/core/ids.ts';
import { diffPolicies } from '../../src/core/policy/diff.ts';
import type { Request } from '../../src/core/request/request.ts';
import type { RefusalCode } from '../../src/core/request/review.ts';
import { answers as ownAnswers } from '../../src/slack/words.ts';
import { sourceFiles } from '../architecture/source-files.ts';
import { ALI, JANE, NAMESAKE } from '../core/directory.ts';
import { aid, alice, CHANNEL, everyState, inState, MINUTE, NOON, ola, policy, target } from '../core/made-up.ts';

export type Shown = Card | Modal | Form;

const VERBS = ['approve', 'deny', 'cancel', 'confirm', 'consent', 'ready', 'snooze'] as const;
const HELD = { by: ola.person, since: NOON, reason: 'month end' };
const RULES = policy({
  rules: [
    {
      ...{ name: 'helpdesk', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads', warn: '2m' },
      targets_may_stop: true,
    },
  ],
});

const view = (record: Request): View => ({
  approvers: [alice, ola].map(({ person }) => person),
  others: [{ id: record.id }],
  denied: [inState(everyState().denied, 'denied')],
});

const first = ({ targets }: Request) => targets[0]?.id ?? aid(101);

/** Everything that is made of a record, by the name of what makes it. */
export const OF_A_RECORD: Readonly<Record<string, (record: Request) => readonly Shown[]>> = {
  lineCard: (record) => [lineCard(record)],
  requestCard: (record) => [requestCard(record, view(record)), requestCard(record, { approvers: [], others: [] })],
  pointerCard: (record) => [pointerCard(record)],
  consentCard: (record) => [consentCard(record)],
  warningCard: (record) => [warningCard(record, first(record), NOON)],
  toPhoneCard: (record) => [toPhoneCard(record)],
  toldCard: (record) => [toldCard(record, first(record))],
  outcomeCard: (record) => [outcomeCard(record)],
  reminderCard: (record) => [reminderCard(record, view(record).approvers)],
  noticeCard: (record) => [noticeCard(record)],
  overCard: (record) => [overCard(record)],
  reminderOfEveryone: (record) => [reminderOfEveryone(record, 10), reminderOfEveryone(record, 2)],
  reviewedCard: (record) => VERBS.flatMap((verb) => [reviewedCard(record, verb), reviewedCard(record, verb, HELD)]),
  refusalCard: (record) => [answers.refusalCard('already_decided', record)],
  statusList: (record) => [answers.statusList([record], 'SuperOffice 8.5, web services 86.', HELD)],
  deniedBeforeCard: (record) => [deniedBeforeCard(record, view(record).denied ?? [])],
  leftOutCard: (record) => [
    answers.leftOutCard({ ...record, leftOut: [{ id: first(record), name: 'Ada Min', code: 'never_list' }] }),
  ],
  sameRequestCard: (record) => [answers.sameRequestCard(record)],
  askedAlreadyCard: (record) => [answers.askedAlreadyCard(record)],
  notShownCard: (record) =>
    ['not_in_channel', 'channel_not_found', 'is_archived'].flatMap((code) => notShownCard(record, code) ?? []),
  tooFewApproversCard: (record) => [0, 1].map((able) => tooFewApproversCard(record, able)),
  openedCard: (record) => [openedCard(record)],
  historyCard: (record) => [
    history.historyCard(undefined, { requests: [record], total: 30, hasOlder: true }),
    history.historyCard({ id: first(record) }, { requests: [record], total: 1, hasOlder: false }),
  ],
  whyRequestCard: (record) => [whyRequestCard(record, undefined), whyRequestCard(record, 'No.')],
  peopleModal: (record) => (['people', 'approve', 'confirm'] as const).map((kind) => peopleModal(record, 0, kind)),
  denyModal: (record) => [denyModal(record)],
  momentModal: (record) => [momentModal(record)],
};

const isRefusal = (code: string): code is RefusalCode => code in refusals;
const MISUNDERSTOOD: Readonly<Record<MisunderstandingCode, string>> = {
  bad_word: '<x>',
  plain_at_name: '@jane',
  bad_id: '0',
  nobody_named: ',',
  name_too_long: 'x'.repeat(80),
  reason_too_long: 'x'.repeat(80),
  empty_reason: 'reason:',
  bad_request_number: '',
  everyone_alone: 'everyone',
  no_time: '',
  bad_time: 'in 5 weeks',
  extra_words: '102',
};
const isMisunderstanding = (code: string): code is MisunderstandingCode => code in MISUNDERSTOOD;
const COMMAND = { who: [{ kind: 'name', name: 'jane' }] } as const;
const LEFT_OUT = [{ id: aid(1), code: 'never_list' }] as const;
const VALUES = { people: [{ id: aid(101), label: 'Jane Doe' }], group: { id: 2, label: 'Sales' }, text: 'why' };
const PREVIEWS: readonly Preview[] = [
  { kind: 'nothing_chosen' },
  { kind: 'no', words: 'Somebody here is protected.', leftOut: LEFT_OUT },
  {
    kind: 'yes',
    targets: Array.from({ length: 30 }, (_, at) => target(101 + at)),
    toldOn: new Set([aid(101)]),
    leftOut: LEFT_OUT,
    rule: 'helpdesk',
    demand: { approvals: 2, approvers: ['leads'], warn: MINUTE, reason: 'required' },
    approvers: [slackUserId('U0ALICE'), slackUserId('U0OLA')],
    peopleAsOf: NOON,
    denied: [inState(everyState().denied, 'denied')],
  },
];

/** Everything else, by the name of what makes it. */
export const OTHERS: Readonly<Record<string, () => readonly Shown[]>> = {
  say: () => [answers.say(text('Nothing was done.')), ...Object.values(ownAnswers)],
  refusalCard: () => {
    const { awaiting_approval: record } = everyState();
    return Object.keys(refusals).flatMap((code) => (isRefusal(code) ? [answers.refusalCard(code, record)] : []));
  },
  misunderstanding: () =>
    Object.entries(MISUNDERSTOOD).flatMap(([code, word]) =>
      isMisunderstanding(code) ? [answers.misunderstanding({ code, word, understood: ['101'] })] : [],
    ),
  helpCard: () => [
    helpCard({
      ...{ rules: RULES.rules, isTied: true, maxTargets: 50 },
      ...{ mayPause: true, maySeeWho: true, mayLookBack: true },
    }),
    helpCard({ rules: [], isTied: false, maxTargets: 50 }),
  ],
  nobodyCard: () => [answers.nobodyCard(LEFT_OUT)],
  statusList: () => [answers.statusList([], undefined)],
  noSuchRequest: () => [answers.noSuchRequest(17)],
  whenCard: () =>
    (['no_such_day', 'time_skipped', 'time_twice', 'time_past', 'time_too_far'] as const).map((code) =>
      whenCard(code, 'Europe/Oslo'),
    ),
  chooserCard: () =>
    (['several', 'near', 'email'] as const).map((why) =>
      chooser.chooserCard(COMMAND, COMMAND.who[0], 'jane', why, [JANE, NAMESAKE, ALI]),
    ),
  nameOrReasonCard: () => [
    chooser.nameOrReasonCard({ kind: 'logoff', who: [{ kind: 'id', id: aid(102) }], quoted: 'Jane Doe' }, 'Jane Doe', [
      JANE,
    ]),
  ],
  nobodyCalledCard: () => [
    chooser.nobodyCalledCard('jane', COMMAND.who, false),
    chooser.nobodyCalledCard('jane', [], true),
  ],
  withHints: () => [
    withHints(chooser.nobodyCalledCard('cancle', [], false), { verb: '/logoff cancel 1', name: 'Jane <b> Doe' }),
  ],
  noSuchGroupCard: () => [chooser.noSuchGroupCard('Sales')],
  severalGroupsCard: () => [chooser.severalGroupsCard('Sales')],
  notTiedCard: () => [chooser.notTiedCard(alice.person, true), chooser.notTiedCard(alice.person, false)],
  momentForm: () => [momentForm('compose', CHANNEL), momentForm('who', CHANNEL)],
  composeForm: () =>
    PREVIEWS.flatMap((preview) => [
      composeForm(CHANNEL, VALUES, true, preview),
      composeForm(CHANNEL, { people: [] }, false, preview),
    ]),
  whoForm: () => [
    whoForm({
      channel: CHANNEL,
      people: [
        { who: JANE, slack: { user: slackUserId('U0JANE'), how: 'email' }, isProtected: false },
        { who: ALI, isProtected: true },
      ],
      total: 50,
      page: 1,
      group: { id: 2, name: 'Sales' },
      readAt: NOON,
      namesAsOf: NOON,
    }),
    whoForm({ channel: CHANNEL, people: [], total: 0, page: 0, readAt: NOON }),
  ],
  whoseHistoryCard: () =>
    (['several', 'near'] as const).flatMap((why) => [
      history.whoseHistoryCard('jane', why, [JANE, NAMESAKE]),
      history.whoseHistoryCard('jane', why, []),
    ]),
  untiedHistoryCard: () => [history.untiedHistoryCard()],
  nothingToSeeCard: () => [history.nothingToSeeCard()],
  historyCard: () => [
    history.historyCard(
      { id: aid(101), name: 'Jane' },
      { requests: [], total: 0, hasOlder: false, before: requestId(3) },
    ),
  ],
  pausedCard: () => [pauses.pausedCard(HELD)],
  resumedCard: () => [pauses.resumedCard(alice.person)],
  alreadyPausedCard: () => [pauses.alreadyPausedCard(HELD)],
  notPausedCard: () => [pauses.notPausedCard],
  policyCard: () => [
    policyCard('aaaa', 'bbbb', undefined),
    policyCard('aaaa', 'bbbb', diffPolicies(policy(), RULES)),
    policyCard('aaaa', 'bbbb', { changes: [], isComplete: true }),
  ],
  whyCard: () => [
    whyCard(
      [
        { line: 'log anybody off', isHere: true },
        { line: 'log yourself off', isHere: false },
      ],
      {
        ...{ at: NOON, typed: '101', why: 'No rule.', underOthers: true, ways: ['by "any" if somebody else asks'] },
      },
    ),
    whyCard([], undefined),
  ],
};

/** What a chunk of source exports that makes a card, a modal or a form, or none: by its declared type. */
const MADE =
  /^(?:const|function) (\w+)(?:: (?:Card|Modal|Form) =|(?:<[^>]*>)?(?: = )?\([\s\S]*?\): (?:Card|Modal|Form)(?: \| undefined)? (?:=>|\{))/;

/** The names of everything in the source that makes what people see. */
export function makersIn(files: readonly { readonly text: string }[]): readonly string[] {
  return files.flatMap(({ text: source }) =>
    source
      .split(/^(?=[a-z/])/m)
      .flatMap((chunk) => MADE.exec(chunk.replace(/^export /, ''))?.[1] ?? [])
      .filter((name) => new RegExp(`^export (?:const|function) ${name}\\b`, 'm').test(source)),
  );
}

export const makers = (): readonly string[] => makersIn(sourceFiles('src/core/cards'));
