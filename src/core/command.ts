import { never } from './errors.ts';
import type { AssociateId, NonEmpty, RequestId, SlackUserId } from './ids.ts';
import { inQuotes, keepQuotes } from './quotes.ts';
import type { Duration } from './time.ts';

/** How somebody was named in the command. `name` is a login, a full name or an e-mail address, as typed. */
export type Reference =
  | { readonly kind: 'id'; readonly id: AssociateId }
  | {
      readonly kind: 'name';
      readonly name: string;
      /** A plain word with only a space between it and the plain word before: both may be one full name. */
      readonly follows?: true;
    }
  /** `id` where it was chosen from a list: several groups may have one name. */
  | { readonly kind: 'group'; readonly name: string; readonly id?: number }
  | { readonly kind: 'mention'; readonly slack: SlackUserId }
  | { readonly kind: 'me' };

export type Command =
  /** Nothing was typed: a window asks for everything. */
  | { readonly kind: 'compose' }
  | { readonly kind: 'help' }
  | { readonly kind: 'who'; readonly group?: string }
  | { readonly kind: 'status'; readonly request?: RequestId }
  /** Which rules are for the one who asks, or by which rule a request went. */
  | { readonly kind: 'why'; readonly request?: RequestId }
  | { readonly kind: 'cancel'; readonly request: RequestId }
  /** Stops all dispatch, for everybody, and lets it go on again. */
  | { readonly kind: 'pause'; readonly reason?: string }
  | { readonly kind: 'resume' }
  /** What was asked for in the past, about one person or about all, as far back as before one request. */
  | HistoryCommand
  | EveryoneCommand
  | LogoffCommand;

/** When something is to happen, as typed: after a while, or at a time of day, on that day or the next time it comes. */
export type When =
  | { readonly kind: 'in'; readonly length: Duration }
  /** `time` is HH:MM, `day` YYYY-MM-DD, both as the clocks of the settings' time zone show them. */
  | { readonly kind: 'at'; readonly time: string; readonly day?: string };

/** Everyone who is on then, for maintenance. */
export interface EveryoneCommand {
  readonly kind: 'everyone';
  readonly when: When;
  readonly reason?: string;
}

export interface LogoffCommand {
  readonly kind: 'logoff';
  readonly who: NonEmpty<Reference>;
  readonly reason?: string;
  /** A quoted text at the very end, behind somebody: the reason, unless somebody is called exactly so. */
  readonly quoted?: string;
  /** A comma stands before that text: who is called exactly so is surely meant. */
  readonly inList?: true;
}

export interface HistoryCommand {
  readonly kind: 'history';
  readonly person?: Exclude<Reference, { kind: 'group' }>;
  readonly before?: RequestId;
}

export type MisunderstandingCode =
  | 'bad_word'
  | 'plain_at_name'
  | 'bad_id'
  | 'nobody_named'
  | 'name_too_long'
  | 'reason_too_long'
  | 'empty_reason'
  | 'bad_request_number'
  | 'everyone_alone'
  | 'no_time'
  | 'bad_time'
  | 'extra_words';

/** What could not be read, with the words that were, so that the answer can show both. */
export interface Misunderstanding {
  readonly code: MisunderstandingCode;
  /** The word that was not understood; at most 80 characters of it. */
  readonly word: string;
  readonly understood: readonly string[];
}

export type Parsed =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly problem: Misunderstanding };

/** A reason is at most this long. */
export const MAX_REASON = 500;

/**
 * The command as somebody could type it: what a button carries. Reading it again gives the same command, whatever the
 * names hold.
 */
export function writeCommand({ who, reason, quoted, inList }: Omit<LogoffCommand, 'kind'>): string {
  const people = who.map(writeReference).join(' ');
  if (reason !== undefined) return `${people} reason: ${escapeSlack(keepQuotes(reason))}`;
  if (quoted !== undefined) return `${people}${inList === true ? ',' : ''} ${inQuotes(escapeSlack(quoted))}`;
  // A name in quotes at the end could be read as the reason; the comma says that it belongs to the list.
  return who.length > 1 && who.at(-1)?.kind === 'name' ? `${people},` : people;
}

/** The same for looking back. */
export function writeHistory({ person, before }: Omit<HistoryCommand, 'kind'>): string {
  const who = person === undefined ? '' : ` ${writeReference(person)}`;
  return `history${who}${before === undefined ? '' : ` before ${before}`}`;
}

function writeReference(reference: Reference): string {
  switch (reference.kind) {
    case 'me':
      return 'me';
    case 'id':
      return `${reference.id}`;
    case 'mention':
      return `<@${reference.slack}>`;
    case 'name':
      return inQuotes(escapeSlack(reference.name));
    case 'group':
      return `group:${inQuotes(escapeSlack(reference.name))}`;
    default:
      return never(reference);
  }
}

const escapeSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
