import { EdgeError } from '../core/errors.ts';

/** Everything that can go wrong at this edge: a sentence for the operator, and whether a later try may do better. */
const KINDS = {
  bad_database_url: { text: 'DATABASE_URL must be sqlite:<path>, sqlite::memory: or postgres://…', retryable: false },
  bad_database_path: { text: 'The database file cannot be opened or made', retryable: false },
  database_moved: { text: 'The database file is not at its place any more, or another one is', retryable: true },
  database_in_use: { text: 'Another process is using this database file, and only one may', retryable: false },
  database_newer: { text: 'The database was written by a newer version of this program', retryable: false },
  database_older: {
    text: 'The database is older than this program; start the bot once to bring it up to date',
    retryable: false,
  },
  database_foreign: { text: 'The database holds the tables of another program; give an own one', retryable: false },
  database_read_only: { text: 'The database can be read but not written', retryable: false },
  database_corrupt: {
    text: 'The database is damaged or not a database of this kind; restore a backup',
    retryable: false,
  },
  database_unavailable: { text: 'The database does not answer', retryable: true },
  database_busy: { text: 'The database was busy for too long', retryable: true },
  database_refused: { text: 'The database refused the logon or a right that is needed', retryable: false },
  database_failed: { text: 'The database could not do what was asked', retryable: false },
  disk_refused: {
    text: 'The disk refused a write; what it holds is only known after a start',
    retryable: false,
  },
  disk_full: { text: 'The disk of the database is full', retryable: true },
  store_closed: { text: 'The database was closed already', retryable: false },
  bad_row: { text: 'A stored record cannot be read', retryable: false },
  bad_record: { text: 'A record was not stored, since it could not have been read again', retryable: false },
  bad_entry: { text: 'A stored audit entry was altered or cannot be read', retryable: false },
  audit_cut: {
    text: 'Audit entries that this process knows are not there any more: they were taken out, or the database is an older one',
    retryable: false,
  },
  audit_key_differs: {
    text: 'The last audit entry does not fit AUDIT_KEY: it was written with another key or without one, or it was altered',
    retryable: false,
  },
} as const satisfies Record<string, { text: string; retryable: boolean }>;

export type StoreCode = keyof typeof KINDS;

export interface StoreErrorFacts {
  /** Where it happened, for the operator: a path, a request's number. Never what a record holds, never an address with a password. */
  readonly where?: string | undefined;
  /** `maybe` only where the answer to a commit was lost. */
  readonly executed?: 'no' | 'maybe';
  readonly cause?: unknown;
}

/** The one error of the store. */
export class StoreError extends EdgeError {
  override readonly name: string = 'StoreError';
  declare readonly code: StoreCode;
  readonly where: string | undefined;

  constructor(code: StoreCode, facts: StoreErrorFacts = {}) {
    const { text, retryable } = KINDS[code];
    super(facts.where === undefined ? `${text}.` : `${text} (${facts.where}).`, {
      code,
      retryable,
      executed: facts.executed ?? 'no',
      cause: facts.cause,
    });
    this.where = facts.where;
  }
}
