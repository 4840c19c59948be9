import type { Misunderstanding } from '../command.ts';
import type { LeftOut } from '../people.ts';
import type { Held, Request } from '../request/request.ts';
import type { RefusalCode } from '../request/review.ts';
import { type Card, type Part, person, type Text, text, timeIn } from './card.ts';
import { explainFailure, isAboutCredentials, refusals } from './catalogue.ts';
import { describePause, describeStatus, requestLabel } from './ending.ts';
import { leftOutList, leftOutPart, nameAll, nameTargets } from './people.ts';

/** A private sentence. */
export const say = (...spans: Text): Card => ({ summary: spans, parts: [{ kind: 'paragraph', text: spans }] });

/** Commands as they are typed, to learn from. */
export const EXAMPLE = '`/logoff jane.doe "Per Hansen" reason: locked out after a crash`';
export const EVERYONE = '`/logoff everyone in 30m reason: upgrade`, or with `at 17:00` or `at 2026-12-01 17:00`';

/** How many of the words that were understood a complaint repeats. */
const ECHOED = 20;

const complaints: Readonly<Record<Misunderstanding['code'], (word: string) => string>> = {
  bad_word: (word) => `I do not understand "${word}".`,
  plain_at_name: (word) =>
    `"${word}" is not a mention: Slack only turns a name into a mention when you pick it from the list. Pick the person, or type their login.`,
  bad_id: (word) => `"${word}" is not an associate id: ids are whole numbers from 1 to 2147483647.`,
  name_too_long: (word) => `"${word}" is too long for a name.`,
  nobody_named: () => 'It does not say whom to log off.',
  reason_too_long: () => 'The reason is longer than 500 characters. Please shorten it.',
  empty_reason: () => 'There is nothing after "reason:".',
  everyone_alone: () =>
    '"everyone" must stand alone: it already includes the people you named. If that is somebody\'s login, put it in quotes.',
  no_time: () => 'Say when: everyone is told beforehand.',
  bad_time: (word) => `I do not understand "${word}" as a time.`,
  bad_request_number: (word) =>
    word === '' ? 'Which request? Type its number.' : `"${word}" is not a request number.`,
  extra_words: (word) => `I do not know what "${word}" means here.`,
};

/** What was wrong with the command, what was understood, and what to type. */
export function misunderstanding({ code, word, understood }: Misunderstanding): Card {
  const more = understood.length > ECHOED ? ` and ${understood.length - ECHOED} more` : '';
  const so = understood.length === 0 ? '' : ` Understood so far: ${understood.slice(0, ECHOED).join(', ')}${more}.`;
  const verb = understood[0];
  const example =
    verb === 'cancel' || verb === 'status' || verb === 'why'
      ? `\`/logoff ${verb} 17\``
      : verb === 'help' || verb === 'pause' || verb === 'resume' || verb === 'history'
        ? `\`/logoff ${verb}\``
        : verb === 'everyone' || code === 'everyone_alone'
          ? EVERYONE
          : EXAMPLE;
  return say(text(`${complaints[code](word)}${so} Type it like this: ${example}. Nothing was done.`));
}

/** Who has been left out, privately to the requester, when the rest goes on. */
export const leftOutCard = (request: Request): Card => {
  const summary: Text = [text(`Request ${request.id}`), text(` was made for ${forWhom(request)}. Left out:`)];
  return { summary, parts: [{ kind: 'paragraph', text: summary }, leftOutList(request.leftOut)] };
};

/** "Kim Lee and 4 others". */
function forWhom(request: Request): string {
  const more = request.targets.length - 1;
  if (request.everyone !== undefined || more < 1) return nameAll(request);
  const [first] = request.targets;
  return `${nameTargets(first === undefined ? [] : [first])} and ${more} ${more === 1 ? 'other' : 'others'}`;
}

/** A button that asks for something was pressed again. */
export const askedAlreadyCard = (request: Request): Card =>
  say(...requestLabel(request), text('you have already asked for this. It is now: '), ...describeStatus(request));

/** The same person asked for the same people before, and that was not carried out yet: nothing was recorded anew. */
export const sameRequestCard = (request: Request): Card =>
  say(
    text(`Request ${request.id} asks for this already: `),
    ...describeStatus(request),
    text(`. \`/logoff cancel ${request.id}\` ends it, if you want to ask anew.`),
  );

/** Nobody can be logged off: why, person by person. Nothing was recorded as a request. */
export const nobodyCard = (leftOut: readonly LeftOut[]): Card => {
  const summary: Text = [text('None of these people can be logged off. Nothing was done.')];
  return { summary, parts: [{ kind: 'paragraph', text: summary }, ...leftOutPart(leftOut)] };
};

/** How many open requests one answer lists. */
export const STATUS_LISTED = 20;

/** `/logoff status`: a line for each of the newest requests, and how SuperOffice is where that may be told. */
export function statusList(all: readonly Request[], server: string | undefined, pause?: Held): Card {
  const requests = all.slice(0, STATUS_LISTED);
  const paused: readonly Part[] =
    pause === undefined
      ? []
      : [{ kind: 'paragraph', text: [text('All log-offs are '), ...describePause(pause), text('.')] }];
  const note: readonly Part[] = server === undefined ? [] : [{ kind: 'note', text: [text(server)] }];
  if (requests.length === 0) {
    const none: Text = [text('There is no open request that concerns you.')];
    return { summary: none, parts: [...paused, { kind: 'paragraph', text: none }, ...note] };
  }
  const which = all.length > requests.length ? `, here the newest ${requests.length}` : '';
  const summary: Text = [text(all.length === 1 ? 'One open request:' : `${all.length} open requests${which}:`)];
  const items = requests.map((request): Text => statusLine(request));
  return {
    summary,
    parts: [...paused, { kind: 'paragraph', text: summary }, { kind: 'list', items }, ...note],
  };
}

interface ServerKnown {
  readonly version?: string;
  readonly services: number;
  readonly windowsClient: 'yes' | 'no' | 'unknown';
  readonly missingRights: readonly string[];
}

/**
 * What the bot knows of the server, in a sentence for the bottom of a status answer. `trouble`: the code of what keeps it
 * from logging on there at this moment.
 */
export function describeServer(facts: ServerKnown | undefined, trouble?: string): string {
  if (trouble === undefined && facts !== undefined) return describeFacts(facts);
  const isLockedOut = trouble !== undefined && isAboutCredentials(trouble);
  const words = isLockedOut ? explainFailure(trouble).say : 'SuperOffice does not answer at the moment.';
  return facts === undefined ? words : `${words} Last known: ${describeFacts(facts)}`;
}

function describeFacts(facts: ServerKnown): string {
  const version = facts.version === undefined ? 'SuperOffice, version not known' : `SuperOffice ${facts.version}`;
  const client = facts.windowsClient === 'no' ? ' It has no Windows client to log off from.' : '';
  const rights = facts.missingRights.map(
    (right) => ` The bot's user lacks the right ${right}: ${withoutRight(right)}.`,
  );
  return `${version}, web services ${facts.services}.${client}${rights.join('')}`;
}

const WITHOUT: ReadonlyMap<string, string> = new Map([
  ['admin-users', 'SuperOffice may refuse to log anybody off'],
  ['see-other-companies-associates', 'users who belong to other companies may be missing'],
]);

/** What comes of it where the bot's user lacks a function right. */
export const withoutRight = (right: string): string => WITHOUT.get(right) ?? 'something may be refused';

/** Where a request stands, for whom, and who asked, in one line. */
export const statusLine = (request: Request): Text => [
  ...requestLabel(request),
  ...describeStatus(request),
  text(` (${nameAll(request)}, asked by `),
  person(request.requester),
  text(')'),
];

export const noSuchRequest = (number: number): Card =>
  say(text(`There is no request ${number} that you can see. \`/logoff status\` lists those that you can.`));

/** Why a click or command changed nothing. For what is decided: who decided what, and when. `verb`: what was wanted. */
export function refusalCard(code: RefusalCode, request: Request, verb?: string): Card {
  if (code !== 'already_decided') return say(...requestLabel(request), text(refusals[code].say));
  const isOver = 'endedAt' in request;
  const tooLate = isOver && verb === 'cancel';
  const approvers = request.approvals.flatMap(
    ({ by, at }, index): Text => [
      text(index === 0 ? ' Approved by ' : ', '),
      person(by),
      text(' at '),
      timeIn(request, at),
    ],
  );
  const status = describeStatus(request);
  const last = status.at(-1);
  const stop = last?.kind === 'text' && last.text.endsWith('.') ? '' : '.';
  const ending: Text = approvers.length === 0 ? [text(stop)] : [text(stop), ...approvers, text('.')];
  const label = text(`Request ${request.id} ${isOver ? 'is already finished' : 'has already been decided'}: `);
  return say(label, ...status, ...ending, text(tooLate ? ' It can no longer be cancelled.' : ' Nothing changed.'));
}
