import type { SlackUserId } from '../ids.ts';
import type { Request, RequestIn } from '../request/request.ts';
import { isConfidential } from '../request/results.ts';
import { isStoppable } from '../request/review.ts';
import { describeDuration } from '../time.ts';
import { approvalsText } from './approvals-text.ts';
import { type Button, bold, type Card, dated, type Part, person, type Text, text, timeIn } from './card.ts';
import { deniedPart } from './denied-before.ts';
import { describeStatus, requestLabel } from './ending.ts';
import { countdownTo, leftPart, timeOf } from './everyone.ts';
import { countAll, countPeople, LISTED_ON_CARD, leftOutPart, nameAll, nameOf, targetsPart } from './people.ts';
import { stopButton } from './stop-button.ts';
import { phoneFirst, warningRows } from './to-phone.ts';

/** What a card shows besides the record itself. */
export interface View {
  /** Who may approve now, without the requester; asked by mention when the card is first posted. */
  readonly approvers: readonly { readonly slack: SlackUserId; readonly name: string }[];
  /** How many more there are who were not looked up, as nobody mentions them. */
  readonly moreApprovers?: number;
  /** Other open requests that concern some of the same people. */
  readonly others: readonly Pick<Request, 'id'>[];
  /** Requests for some of the same people that were denied in the day before this one was made, the newest first. */
  readonly denied?: readonly RequestIn<'denied'>[];
  /** It is for one of those who are to be logged off: that somebody leaves the company is not told to them by the bot. */
  readonly isForConcerned?: boolean;
  /** They may not read who the others are; without it, where everyone is meant. */
  readonly isAlone?: boolean;
  /** There may be more approvers: Slack does not tell who is in one of their user groups. */
  readonly isUnread?: true;
}

/** Slack people are mentioned at most this often on one card: a card is no alarm for everybody. */
export const MENTIONED_APPROVERS = 10;
/** Approve asks in a small dialog where few people are named; above, and for everyone, a modal shows the list. */
const CONFIRMED_IN_DIALOG = 5;
export const isConfirmedInDialog = ({ everyone, targets }: Pick<Request, 'everyone' | 'targets'>): boolean =>
  everyone === undefined && targets.length <= CONFIRMED_IN_DIALOG;
const DIALOG_TEXT = 300;

const UNREAD = 'Slack does not tell who is in a user group of the approvers, so nobody in that group is notified.';
const NOBODY = 'Nobody can approve this now: the rule names no approver other than the requester.';
const UNSAVED = 'Unsaved work may be lost.';
const OVER_BUDGET = 'the requester asked for more people than the rule allows without approval in this time';

/** The full card in the approvals channel. */
export function requestCard(asked: Request, view: View): Card {
  const isDiscreet = view.isForConcerned === true && isConfidential(asked);
  const request = isDiscreet ? withoutReason(asked) : asked;
  // Of everyone who is on, nobody learns by that who the others are.
  const isOneOfMany = view.isAlone ?? (view.isForConcerned === true && request.everyone !== undefined);
  return {
    summary: summaryOf(request),
    parts: [
      { kind: 'heading', text: `Request ${request.id}: log off ${countAll(request)}` },
      { kind: 'facts', rows: factRows(request) },
      ...(isDiscreet ? [] : reasonPart(request)),
      ...(isOneOfMany ? [] : peopleParts(request, view)),
      ...(request.status === 'awaiting_approval' ? askingParts(request, view) : []),
      ...furtherButtons(request),
    ],
  };
}

function peopleParts(request: Request, view: View): readonly Part[] {
  return [
    ...targetsPart(phoneFirst(request)),
    ...leftPart(request),
    ...leftOutPart(request.leftOut),
    ...deniedPart(view.denied ?? []),
    ...('endedAt' in request ? [] : othersPart(view.others)),
  ];
}

function withoutReason({ reason: _, ...request }: Request): Request {
  return request;
}

/** What can be pressed where nobody is asked (any more): stop it, and look at everybody. */
function furtherButtons(request: Request): readonly Part[] {
  if (request.status === 'awaiting_approval') return [];
  const stop = isStoppable(request) ? [stopButton(request, 'Stop')] : [];
  const all = request.targets.length > LISTED_ON_CARD ? [showEveryone(request)] : [];
  const buttons = [...stop, ...all];
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];
}

function summaryOf(request: Request): Text {
  const who = nameAll(request);
  if (request.status !== 'awaiting_approval')
    return [...requestLabel(request), ...describeStatus(request), text(` (${who})`)];
  const reason = request.reason === undefined ? 'No reason was given.' : `Reason: ${request.reason}`;
  return [
    ...requestLabel(request),
    text('approval needed. '),
    text(`${request.requester.name} asks to log off ${who} from SuperOffice`),
    ...(request.everyone === undefined ? [] : [text(' at '), ...timeOf(request)]),
    text(`. ${reason}`),
  ];
}

function factRows(request: Request): readonly { label: string; value: Text }[] {
  const rows: { label: string; value: Text }[] = [
    { label: 'Status', value: describeStatus(request) },
    { label: 'Asked by', value: [person(request.requester), text(', '), dated(request.openedAt)] },
    { label: 'Rule', value: [text(request.rule)] },
  ];
  if (request.retryOf !== undefined) {
    const said = `request ${request.retryOf}, after which they were still listed; the requester says they asked these people`;
    rows.push({ label: 'Again after', value: [text(said)] });
  }
  if (request.everyone !== undefined) rows.push({ label: 'When', value: countdownTo(request) });
  if (request.demand.approvals > 0) rows.push({ label: 'Approvals', value: approvalsText(request) });
  if (request.demand.overBudget === true) {
    rows.push({ label: 'Why approval', value: [text(OVER_BUDGET)] });
  }
  if (request.status === 'awaiting_approval')
    rows.push({ label: 'Answer until', value: [timeIn(request, request.expiresAt)] });
  if ('calledAt' in request && request.calledAt !== undefined) {
    rows.push({ label: 'SuperOffice was asked', value: [timeIn(request, request.calledAt)] });
  }
  if (request.peopleAsOf !== undefined) {
    const newer = text(' (SuperOffice could not be read again)');
    rows.push({ label: 'Names as of', value: [dated(request.peopleAsOf), newer] });
  }
  if (request.status === 'warning') rows.push(...warningRows(request));
  if (request.status === 'cancelled' && request.role === 'target') {
    rows.push({ label: 'Stopped by', value: [person(request.by)] });
  }
  if (request.status === 'denied' && request.note !== undefined)
    rows.push({ label: 'Why denied', value: [text(request.note)] });
  return rows;
}

const reasonPart = (request: Request): readonly Part[] =>
  request.reason === undefined
    ? [{ kind: 'note', text: [text('No reason was given.')] }]
    : [
        { kind: 'paragraph', text: [bold('Reason')] },
        { kind: 'quote', text: request.reason },
      ];

function othersPart(others: View['others']): readonly Part[] {
  if (others.length === 0) return [];
  const numbers = others.slice(0, 10).map(({ id }) => id);
  return [{ kind: 'note', text: [text(`Also open for some of these people: request ${numbers.join(', ')}.`)] }];
}

function askingParts(request: RequestIn<'awaiting_approval'>, view: View): readonly Part[] {
  const asked = view.approvers.slice(0, MENTIONED_APPROVERS);
  const mentions = asked.flatMap((who, index): Text => [text(index === 0 ? '' : ' '), person(who)]);
  const others = view.approvers.length - asked.length + (view.moreApprovers ?? 0);
  const named: Text = [text('Asking: '), ...mentions, text(others > 0 ? ` and ${others} more` : '')];
  const nobody: Text = [text(request.approvals.length > 0 ? 'Nobody else can approve this now.' : NOBODY)];
  const unread: readonly Part[] = view.isUnread === true ? [{ kind: 'paragraph', text: [text(UNREAD)] }] : [];
  const asking: readonly Part[] =
    asked.length === 0 && unread.length > 0 ? [] : [{ kind: 'paragraph', text: asked.length === 0 ? nobody : named }];
  const approve: Button = {
    action: 'approve',
    label: 'Approve',
    request: request.id,
    style: 'primary',
    ...confirmation(request),
  };
  const deny: Button = { action: 'deny', label: 'Deny…', request: request.id };
  return [
    ...asking,
    ...unread,
    { kind: 'buttons', buttons: [approve, showEveryone(request)] },
    { kind: 'note', text: [text(whatApprovingDoes(request))] },
    { kind: 'buttons', buttons: [deny] },
  ];
}

function whatApprovingDoes({ everyone, targets, demand }: Request): string {
  if (everyone !== undefined)
    return `Approving announces it now. Whoever is logged on at that time is logged off. ${UNSAVED}`;
  const many = countPeople(targets.length);
  return demand.warn === undefined
    ? `Approving logs ${many} off immediately, without warning. ${UNSAVED}`
    : `Approving warns ${many}, and logs them off after ${describeDuration(demand.warn)}. ${UNSAVED}`;
}

const showEveryone = (request: Request): Button => ({
  action: 'show_everyone',
  label: 'Show everyone',
  request: request.id,
});

function confirmation(request: Request): Pick<Button, 'confirm'> {
  if (!isConfirmedInDialog(request)) return {};
  return {
    confirm: {
      title: `Log off ${countPeople(request.targets.length)}?`,
      text: confirmText(request),
      yes: 'Approve',
      no: 'Back',
    },
  };
}

/** Names who fits within Slack's 300 characters, and "+n" for the rest. */
function confirmText(request: Request): string {
  const names = request.targets.map(
    (target) => `${nameOf(target)} (${target.login === '' ? '' : `${target.login}, `}id ${target.id})`,
  );
  const ending = ` will be logged off the SuperOffice Windows client. ${UNSAVED}`;
  for (let shown = names.length; shown > 0; shown -= 1) {
    const more = names.length > shown ? ` +${names.length - shown}` : '';
    const sentence = `${names.slice(0, shown).join(', ')}${more}${ending}`;
    if (sentence.length <= DIALOG_TEXT) return sentence;
  }
  return `${countPeople(names.length)}${ending}`;
}
