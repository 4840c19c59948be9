import type { Card } from '../core/cards/card.ts';
import type { PeopleAtHand } from '../core/find-people.ts';
import type { AssociateId, ChannelId, NonEmpty, RequestId, SlackUserId } from '../core/ids.ts';
import type { MessageRef } from '../core/inputs.ts';
import type { Associate, Standing } from '../core/people.ts';
import type { ChannelPlace } from '../core/policy/decide.ts';
import type { Anchor, NoteEntry, RequestEntry } from '../core/request/entry.ts';
import type { Place } from '../core/request/place.ts';
import type { Request } from '../core/request/request.ts';
import type { Duration, Instant } from '../core/time.ts';
import type { Counted, Guard } from './rule-ports.ts';

/** Time and identity of this process; the only source of both. */
export interface Clock {
  /** Wall time, corrected to the database's where there are several processes. */
  now(): Instant;
  /** Milliseconds that only grow; for lengths of time inside one process. */
  monotonic(): number;
  /** Calls back once after `delay`; gives a function that prevents it. */
  after(delay: Duration, run: () => void): () => void;
}

/** One line for the operator. Fields never hold secrets, message texts or envelopes. */
export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  code: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

/** The records. All writes are atomic with their audit entries; nothing is written by a call that throws `executed: no`. */
export interface RequestStore {
  /**
   * Stores a new request under a new id with its entries. `key` names the click or command it came from (once only):
   * where a request with this key exists, nothing is written and that one is given, `fresh: false`.
   */
  open(
    key: string,
    make: (
      id: RequestId,
      asked: readonly number[],
    ) => {
      readonly request: Request;
      readonly entries: readonly RequestEntry[];
      readonly dueAt: Instant | undefined;
      /** The places where it will be shown: their rows are made with it, so that a crash before the first drawing is seen. */
      readonly drawings: readonly FirstDrawing[];
    },
    /** For how many people somebody asked since these moments is counted in the same transaction, and given to `make`. */
    counted?: Counted,
  ): Promise<{ readonly request: Request; readonly fresh: boolean }>;
  read(id: RequestId): Promise<Request | undefined>;
  /** Compare-and-swap: writes when the stored version is still `before`; else writes nothing and gives false. */
  save(
    before: number,
    request: Request,
    entries: readonly RequestEntry[],
    dueAt: Instant | undefined,
    /** What must hold in the same transaction; where it does not, nothing is written either. */
    guard?: Guard,
    /** Where it is shown from now on as well: their rows are made with it. */
    places?: readonly Place[],
  ): Promise<boolean>;
  /** Adds an audit entry that belongs to no record. */
  note(entry: NoteEntry): Promise<void>;
  /** A request's own entries, oldest first. */
  history(id: RequestId): Promise<readonly RequestEntry[]>;
  /**
   * The same, proven to be all of them: nothing was taken out, altered or hidden since the first. Throws an EdgeError that is
   * not retryable where that is not so.
   */
  proven(id: RequestId): Promise<readonly RequestEntry[]>;
  /** Open requests whose due time is at or before `now`, the longest due first. */
  due(now: Instant, limit: number): Promise<readonly RequestId[]>;
  /** The earliest due time of all open requests. */
  nextDue(): Promise<Instant | undefined>;
  /** All open requests, newest first. */
  listOpen(limit: number): Promise<readonly Request[]>;
  /** Requests about this person (or all) before one, newest first; `total` of them all is counted up to `counted`. */
  past(
    associate: AssociateId | undefined,
    before: RequestId | undefined,
    limit: number,
    counted: number,
  ): Promise<{ readonly requests: readonly Request[]; readonly total: number; readonly hasOlder: boolean }>;
  /** Open requests, other than `except`, that concern any of these people. */
  openFor(ids: readonly AssociateId[], except?: RequestId): Promise<readonly Request[]>;
  /** Other requests about any of these people: the open ones, and those whose call was made after this one was opened. */
  besides(request: Request, ids: readonly AssociateId[]): Promise<readonly Request[]>;
  /** For how many people somebody asked since each of these moments, and before this request where one is named. */
  asked(counted: Counted, before?: RequestId): Promise<readonly number[]>;
  /** Requests about any of these people that were denied after `from` and up to `to`, the newest first. */
  deniedFor(ids: readonly AssociateId[], from: Instant, to: Instant, limit: number): Promise<readonly Request[]>;
}

/** How one place shows a request at the moment. `version` is the record's version last drawn there. */
export interface Drawing {
  readonly request: RequestId;
  readonly place: Place;
  readonly version: number;
  /** Where it went; absent until something was posted. `ts` is absent where only a response_url could be used. */
  readonly channel?: ChannelId;
  readonly ts?: string;
  /** Slack's response_url of the command, with how often it was used and when it was given (5 uses in 30 minutes). */
  readonly replyUrl?: { readonly url: string; readonly uses: number; readonly givenAt: Instant };
  /** When a failed drawing may be tried again, and how often it failed in a row. */
  readonly retryAt?: Instant;
  readonly failures: number;
  /** A sign of what the message shows: it is not changed to say the same. Absent where that is not known. */
  readonly shown?: string;
}

/** What is known of a place before anything was drawn there. */
export type FirstDrawing = Pick<Drawing, 'place'> & Partial<Pick<Drawing, 'channel' | 'ts' | 'replyUrl'>>;

export interface DrawingStore {
  /** Makes the row where there is none (then with `first`); takes it for `holder` until `until`. Nothing where another holds it. */
  claim(
    request: RequestId,
    place: Place,
    holder: string,
    now: Instant,
    until: Instant,
    first: Partial<Drawing>,
  ): Promise<Drawing | undefined>;
  /** Writes what was drawn, while `holder` still holds it; gives false where it was lost. Gives it free when `release`. */
  save(drawing: Drawing, holder: string, release: boolean): Promise<boolean>;
  read(request: RequestId, place: Place): Promise<Drawing | undefined>;
  /** Requests with a drawing that is older than the record, or whose retry time has come. */
  stale(now: Instant, limit: number): Promise<readonly RequestId[]>;
}

/** The policy that the database holds as the active one. */
export interface PolicyStore {
  active(): Promise<string | undefined>;
  /**
   * Makes this version the active one, with the audit entry, and keeps its rules (JSON). `changed`: it was not the active one
   * before, and this process made it so.
   */
  activate(
    version: string,
    entry: NoteEntry,
    rules?: string,
  ): Promise<{ readonly changed: boolean; readonly previous?: { readonly version: string; readonly rules?: string } }>;
}

/** The record of who did what, as far as looking after it needs. Entries get there with what they are about. */
export interface AuditLog {
  /** The last entry. */
  head(): Promise<Anchor>;
  /** The last of the entries that were taken out of the front, where any were. */
  stub(): Promise<Anchor | undefined>;
  /**
   * Takes out up to `most` entries from the front that are older, with the records of their requests, and leaves a stub and
   * the entry that `describe` gives. `heldBy` is an open request with an entry that is old enough to go.
   */
  prune(
    olderThan: Instant,
    most: number,
    describe: (pruned: Pruned) => NoteEntry,
  ): Promise<{ readonly pruned?: Pruned; readonly heldBy?: RequestId }>;
}

export interface Pruned {
  readonly upTo: Anchor;
  readonly entries: number;
  readonly requests: number;
}

/** What is done once a day, by whichever process takes it. `day` is YYYY-MM-DD. */
export interface DutyStore {
  /** Takes a day's duty until `until`; not where it was done that day, is being done, or was put off. */
  claim(name: string, day: string, holder: string, now: Instant, until: Instant): Promise<'yours' | 'done' | 'not_now'>;
  done(name: string, day: string, holder: string): Promise<void>;
  /** It could not be done; nobody tries before `until`. */
  putOff(name: string, holder: string, until: Instant): Promise<void>;
}

/** What NetServer can be asked. Each throws an EdgeError where it could not answer. */
export interface NetServerPort {
  findAssociates(ids: readonly AssociateId[]): Promise<readonly Associate[]>;
  /** Who is on the Windows client now. */
  whoIsOn(): Promise<ReadonlySet<AssociateId>>;
  /** Resolves only where NetServer said that it did so. `maySend` is asked right before each message leaves. */
  logOff(ids: NonEmpty<AssociateId>, maySend: () => boolean): Promise<void>;
  /** The bot's own account. */
  self(): Promise<{ readonly associateId: AssociateId }>;
  /** What kind of SuperOffice this is; remembered some minutes. */
  serverFacts(): Promise<ServerFacts>;
}

/** What there is to know of the server before "nobody is logged on" may be believed. */
export interface ServerFacts {
  readonly version?: string;
  /** The version of the web services that the bot speaks, 84 to 88. */
  readonly services: number;
  /** Whether this SuperOffice has a Windows client to log off from; `unknown` where the version could not be read. */
  readonly windowsClient: 'yes' | 'no' | 'unknown';
  /** Function rights that the bot's user should have and has not. */
  readonly missingRights: readonly string[];
}

/** The people of SuperOffice by name; cached some minutes. Each throws an EdgeError where they could not be read. */
export interface PeopleDirectory {
  /** Waits for a newer reading where the last one is past its time, but only some seconds. */
  read(): Promise<PeopleAtHand>;
  /** The last reading, without waiting for SuperOffice; nothing where there is none that may still be used. */
  atHand(): Promise<PeopleAtHand | undefined>;
  /** The associates of a user group now. */
  membersOf(group: number): Promise<readonly AssociateId[]>;
}

/** What Slack says of a person now. */
export interface SlackPerson {
  readonly slack: SlackUserId;
  readonly team: string;
  readonly name: string;
  readonly standing: Standing;
  /** Only where Slack says that the address is confirmed. */
  readonly email?: string;
}

export interface SlackDirectory {
  /** Cached for at most a minute. Throws an EdgeError where Slack does not answer. */
  person(id: SlackUserId): Promise<SlackPerson>;
  /** Who has this confirmed address; nothing where nobody has. */
  personByEmail(email: string): Promise<SlackPerson | undefined>;
  /** Full members with a confirmed address, by the address in small letters: for many at once. */
  membersByEmail(): Promise<ReadonlyMap<string, SlackPerson>>;
  /** Members of these user groups now (cached at most a minute); a group that Slack did not tell about is missing. */
  userGroupMembers(ids: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** What kind of channel this is, as it was at most a minute ago. Throws an EdgeError where Slack does not answer. */
  channelPlace(channel: ChannelId): Promise<ChannelPlace>;
}

/** What Slack can be told. Each throws an EdgeError; `executed: maybe` means that a message may be there after all. */
export interface Messenger {
  /** In the thread below a message where its `ts` is given. */
  post(channel: ChannelId, card: Card, thread?: string): Promise<MessageRef>;
  update(ref: MessageRef, card: Card): Promise<void>;
  /** Posts or replaces through a response_url, seen by all in the channel. */
  reply(url: string, card: Card, replace: boolean): Promise<void>;
  /** A direct message from the bot. */
  direct(person: SlackUserId, card: Card): Promise<MessageRef>;
}
