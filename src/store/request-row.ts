import { memoryOf } from '../core/memory.ts';
import type { Request } from '../core/request/request.ts';
import { isOpen, requestSchema } from '../core/request/request.ts';
import { canonical } from './canonical.ts';
import type { StoreLog } from './database.ts';
import { StoreError } from './store-error.ts';

/** What a request's row must hold to be read. */
export interface StoredRequest {
  readonly id: number;
  readonly version: number;
  readonly open: 0 | 1;
  readonly record: string;
}

export const STORED = ['id', 'version', 'open', 'record'] as const;

/**
 * Records by the very text that they stand in: a request is read some twenty times on its way, and parsing and checking it is
 * most of what a reading costs. A row that says anything else, if only by a space, is parsed and checked anew; the row itself
 * is read each time. Figures: bench/README.md, "Reading a record again".
 */
const known = memoryOf<Request>(1_000_000);

/** The record as its row keeps it. Throws StoreError `bad_record` for what could not be read again. */
export function toRow(request: Request): StoredRequest {
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success) throw new StoreError('bad_record', { where: `request ${request.id}`, cause: parsed.error });
  const record = canonical(parsed.data);
  known.keep(record, parsed.data);
  return { id: request.id, version: request.version, open: isOpen(request) ? 1 : 0, record };
}

/** The record that a row keeps. Throws StoreError `bad_row` where it is none, or not the one that its columns speak of. */
export function fromRow(row: StoredRequest): Request {
  const where = `request ${row.id}`;
  const request = known.get(row.record) ?? parse(row.record, where);
  if (request.id !== row.id || request.version !== row.version || isOpen(request) !== (row.open === 1)) {
    throw new StoreError('bad_row', { where: `${where}: its columns say something else than its record` });
  }
  return request;
}

function parse(record: string, where: string): Request {
  const parsed = requestSchema.safeParse(jsonOf(record));
  if (!parsed.success) throw new StoreError('bad_row', { where, cause: parsed.error });
  known.keep(record, parsed.data);
  return parsed.data;
}

/** The records of several rows; those that cannot be read are left out and told to the operator. */
export function readable(rows: readonly StoredRequest[], log: StoreLog): readonly Request[] {
  return rows.flatMap((row) => {
    try {
      return [fromRow(row)];
    } catch (error) {
      log('error', 'bad_row', { request: row.id, error });
      return [];
    }
  });
}

/** Parsed JSON, or undefined. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
