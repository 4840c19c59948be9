import { hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { canonical } from '../../src/store/canonical.ts';

/** Where the number of a request is put into a text; a number that stands nowhere else. */
const MARK = 987_654_321;

const row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
type Row = z.infer<typeof row>;

/** All rows of one request that has ended. */
export interface Template {
  readonly request: Row;
  readonly beside: ReadonlyMap<'request_targets' | 'drawings' | 'asked', readonly Row[]>;
  readonly audit: readonly Row[];
}

/** A text that differs from one request to the next in its number only. */
const withNumber = (text: string): ((id: number) => string) => {
  const pieces = text.split(String(MARK));
  return (id) => pieces.join(String(id));
};

/** Takes the newest request that has ended out of a database as it stands. */
export function readTemplate(file: string): Template {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = (sql: string, ...values: readonly number[]) =>
      z.array(row).parse(database.prepare(sql).all(...values));
    const [request] = rows('select * from requests where open = 0 order by id desc limit 1');
    if (request === undefined) throw new Error('no request has ended yet');
    const id = Number(request['id']);
    return {
      request,
      beside: new Map([
        ['request_targets', rows('select * from request_targets where request = ?', id)],
        // What is computed is not written.
        ['drawings', rows('select * from drawings where request = ?', id).map(({ behind: _, ...rest }) => rest)],
        ['asked', rows('select * from asked where request = ?', id)],
      ]),
      audit: rows('select * from audit where request = ? order by n', id),
    };
  } finally {
    database.close();
  }
}

function withMark(text: unknown, change: (value: Record<string, unknown>) => void): (id: number) => string {
  const value: Record<string, unknown> = z.record(z.string(), z.unknown()).parse(JSON.parse(String(text)));
  change(value);
  return withNumber(canonical(value));
}

/**
 * Puts so many copies of an ended request into a database that has none, each with all its rows, in a chain of audit entries
 * that verifies. Nothing else may have the file open.
 */
export function fillRequests(file: string, template: Template, count: number): void {
  const database = new DatabaseSync(file);
  try {
    for (const setting of [
      'journal_mode = off',
      'synchronous = off',
      'cache_size = -2000000',
      'locking_mode = exclusive',
    ])
      database.prepare(`pragma ${setting}`).all();
    database.exec('begin');
    fill(database, template, count);
    database.exec('commit');
  } finally {
    database.close();
  }
}

function inserter(database: DatabaseSync, table: string, sample: Row) {
  const columns = Object.keys(sample);
  const marks = columns.map(() => '?').join(', ');
  const statement = database.prepare(`insert into ${table} (${columns.join(', ')}) values (${marks})`);
  return (values: Row) => void statement.run(...columns.map((column) => values[column] ?? null));
}

function fill(database: DatabaseSync, template: Template, count: number): void {
  const { request, beside, audit } = template;
  const record = withMark(request['record'], (value) => {
    value['id'] = MARK;
  });
  const insertRequest = inserter(database, 'requests', request);
  const others = [...beside].flatMap(([table, rows]) =>
    rows.map((sample) => ({ sample, insert: inserter(database, table, sample) })),
  );
  const entries = audit.map((sample) => ({
    sample,
    insert: inserter(database, 'audit', sample),
    text: withMark(sample['text'], (value) => {
      value['request'] = MARK;
    }),
  }));
  const last = z
    .object({ n: z.number(), hash: z.string() })
    .optional()
    .parse(database.prepare('select n, hash from audit order by n desc limit 1').get());
  let { n, hash: previous } = last ?? { n: 0, hash: '0'.repeat(64) };
  for (let id = 1; id <= count; id += 1) {
    insertRequest({ ...request, id, key: `filled ${id}`, record: record(id) });
    for (const { sample, insert } of others) insert({ ...sample, request: id });
    for (const { sample, insert, text } of entries) {
      const own = text(id);
      n += 1;
      const sum = hash('sha256', previous + own);
      insert({ ...sample, n, request: id, prev: previous, hash: sum, text: own });
      previous = sum;
    }
  }
  database.prepare(`update counters set value = ? where name = 'request'`).run(count);
}
