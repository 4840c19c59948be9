import type { GeneratedAlways, Kysely, Selectable, Transaction } from 'kysely';

/** The tables as both engines hold them: whole numbers, text, and 0/1 for no/yes. `migrations/` makes them. */
export interface Tables {
  schema_version: { version: number; at: number };
  /** The last request's number; when a process was last alive, and when a start was last reported. */
  counters: { name: 'request' | 'alive' | 'start_report'; value: number };
  requests: RequestsTable;
  request_targets: { request: number; associate: number; open: 0 | 1 };
  drawings: DrawingsTable;
  /** `rules` is the JSON of the settings file; null where a version was made active that kept none. */
  policy: { id: 1; version: string; at: number; rules: string | null };
  /** For how many people who asked when: what budgets are counted by. */
  asked: { request: number; requester: string; associate: number | null; at: number; people: number };
  /** Whom a denied request was about, to show it on the next one for them. */
  denials: { request: number; associate: number; at: number };
  /** One row, always there, so that it can be locked: whether all dispatch is paused, and how (JSON). */
  pause: { id: 1; pause: string | null };
  audit: AuditTable;
  /** The last entry that was taken out, where any was. */
  audit_stub: { id: 1; n: number; hash: string };
  duties: DutiesTable;
}

/** What is done once a day by whichever process takes it. */
interface DutiesTable {
  name: string;
  /** The last day (YYYY-MM-DD) on which it was done; empty before the first. */
  day: string;
  holder: string | null;
  /** Nobody may take it before. */
  until: number;
}

interface RequestsTable {
  id: number;
  /** The click or command that it came from: once only. */
  key: string;
  version: number;
  open: 0 | 1;
  /** When the clock must look at it; null where nothing is due, and always once it has ended. */
  due_at: number | null;
  /** The whole record as JSON; the columns beside it only serve to find it. */
  record: string;
}

interface DrawingsTable {
  request: number;
  place: string;
  /** The record's version that was drawn, and the one that should be: kept here so that nothing closed has to be looked through. */
  version: number;
  wanted: number;
  /** 1 where the drawing is older than wanted, or one that failed and waits. */
  behind: GeneratedAlways<number>;
  channel: string | null;
  ts: string | null;
  /** JSON. */
  reply: string | null;
  retry_at: number | null;
  failures: number;
  /** A sign of what the message shows; null where that is not known. */
  shown: string | null;
  holder: string | null;
  until: number | null;
}

export interface AuditTable {
  n: number;
  at: number;
  /** Only of entries that the record is replayed from. */
  request: number | null;
  kind: string;
  prev: string;
  hash: string;
  text: string;
}

export type DrawingRow = Selectable<DrawingsTable>;

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
export type Engine = 'sqlite' | 'postgres';
