import type { Left, Reminder, Request } from '../request/request.ts';
import type { WhenCode } from '../when.ts';
import { bold, type Card, dated, type Part, person, type Text, text, timeIn, until } from './card.ts';
import { leftOuts } from './catalogue.ts';
import { describePause, describeStatus, requestLabel } from './ending.ts';
import { LISTED_ON_CARD } from './people.ts';
import { whyPart } from './reason-part.ts';

const SAVE = 'Save your work and log off before then; unsaved work may be lost.';
const SAVE_ANYWAY = 'Save your work all the same; unsaved work may be lost.';

/** When everyone is logged off, as it stands: people may have been told late. */
export const timeOf = (request: Request): Text => {
  const at = request.status === 'warning' ? request.until : request.everyone?.at;
  return at === undefined ? [] : [dated(at)];
};

/** The same with how long it is until then. */
export const countdownTo = (request: Request): Text => [
  ...timeOf(request),
  ...(request.status === 'warning' ? [until(request.until)] : []),
];

/** Everyone will be logged off: in the channel where it was typed, and to each person who is on. It names nobody else. */
export function noticeCard(request: Request): Card {
  if (request.status === 'verifying' || 'endedAt' in request) return overAs('announcement', request);
  if (request.status !== 'warning')
    return asCard([...requestLabel(request), text('everyone: '), ...describeStatus(request)]);
  if (request.held !== undefined) {
    const paused: Text = [
      text('logging everyone off is '),
      ...describePause(request.held, request),
      text(`. ${SAVE_ANYWAY}`),
    ];
    return asCard([...requestLabel(request), ...paused]);
  }
  const words: Text = [
    text('everyone who is logged on to the SuperOffice Windows client will be logged off at '),
    ...timeOf(request),
    text(', asked for by '),
    person(request.requester),
    text(`. ${SAVE}`),
  ];
  return asCard([...requestLabel(request), ...words], whyPart(request));
}

/** What came out stands in the line and in a message of its own: not a third time. */
const overAs = (what: 'announcement' | 'reminder', request: Request): Card =>
  asCard([...requestLabel(request), text(`this ${what} is over.`)]);

/** What there is to say in the channel when it is over: no names. */
export const overCard = (request: Request): Card => asCard([...requestLabel(request), ...describeStatus(request)]);

/** The same again shortly before. It is said once; afterwards it says that it is over. */
export function reminderOfEveryone(request: Request, minutes: Reminder): Card {
  if (request.status === 'verifying' || 'endedAt' in request) return overAs('reminder', request);
  const at: Text = request.status === 'warning' ? [text(', at '), timeIn(request, request.until)] : [];
  const when = text(`reminder: in about ${minutes} minutes`);
  const words = text(', everyone is logged off the SuperOffice Windows client. ');
  return asCard([...requestLabel(request), when, ...at, words, text(SAVE)]);
}

function asCard(summary: Text, more: readonly Part[] = []): Card {
  return { summary, parts: [{ kind: 'paragraph', text: summary }, ...more] };
}

const WHEN: Readonly<Record<WhenCode, (timeZone: string) => string>> = {
  no_such_day: () => 'There is no such day. Choose another.',
  time_skipped: (zone) => `Summer time begins on that day: the clocks (${zone}) never show that time. Choose another.`,
  time_twice: (zone) =>
    `Summer time ends on that day: the clocks (${zone}) show that time twice. Choose another, or say \`in 90m\`.`,
  time_past: () => 'That time has passed. Choose a later one.',
  time_too_far: () => 'That is more than 7 days ahead. Choose an earlier time.',
};

/** Why a time cannot be taken. */
export const whenCard = (code: WhenCode, timeZone: string): Card =>
  asCard([text(`${WHEN[code](timeZone)} Nothing was done.`)]);

const WHY: Readonly<Record<Left['people'][number]['why'], string>> = {
  back: 'has logged on again',
  listed: 'still listed: not logged off, or already back',
  not_sent: 'logged on too late to be told in time',
  unknown_id: leftOuts.unknown_id.say,
  not_internal: leftOuts.not_internal.say,
  bot_itself: leftOuts.bot_itself.say,
  never_list: leftOuts.never_list.say,
  gone_meanwhile: leftOuts.gone_meanwhile.say,
};

/** Who is on the Windows client after all: for those who may read names. */
export function leftPart(request: Request): readonly Part[] {
  const left = 'left' in request ? request.left : undefined;
  if (left === undefined || left.people.length === 0) return [];
  const lines = left.people.map(({ id, name, why }): Text => {
    const who = name === undefined || name.trim() === '' ? `id ${id}` : `${name} (id ${id})`;
    return [text(`${who}: ${WHY[why]}`)];
  });
  const more = lines.length - LISTED_ON_CARD;
  const items = [...lines.slice(0, LISTED_ON_CARD), ...(more > 0 ? [[text(`and ${more} more`)]] : [])];
  return [
    { kind: 'paragraph', text: [bold(`Left on the Windows client (${lines.length}), as read at `), dated(left.at)] },
    { kind: 'list', items },
  ];
}
