import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { type Ill, scratch, visit, visitTheIll } from './clinic.ts';

const ILL: readonly Ill[] = [
  [
    'a database server that is away',
    { environment: { DATABASE_URL: 'postgres://bot:hunter2@127.0.0.1:1/logoff' } },
    [
      /^wrong database The database does not answer \(database_unavailable\)\. Look whether the database server runs/,
      'skipped clock.database the database did not tell its time',
    ],
  ],
];

describe('the doctor at an installation with', () => {
  it.each(ILL)('%s', visitTheIll);
});

/** A database file that something was done to with plain SQL, as another program would. */
async function fileWith(statements: string, auditKey?: string): Promise<string> {
  const path = join(scratch(), 'logoff.db');
  const store = await openStore({
    url: `sqlite:${path}`,
    now: Date.now,
    ...(auditKey === undefined ? {} : { auditKey }),
  });
  const note = { kind: 'policy_activated' } as const;
  await store.requests.note({ at: 1, via: 'start', policyVersion: 'a', note });
  await store.close();
  const database = new DatabaseSync(path);
  database.exec(statements);
  database.close();
  return `sqlite:${path}`;
}

describe('the doctor and the key of the audit record', () => {
  const missing = /^check database AUDIT_KEY is not set, and after the first start it cannot be added: .*\. Set it now/;

  it('says that it is missing as long as it can be set: before there is a file, and before there is an entry', async () => {
    const none = await visit({ environment: { AUDIT_KEY: '' } });
    expect([none.code, none.complaints]).toEqual([0, [expect.stringMatching(missing)]]);
    const path = join(scratch(), 'logoff.db');
    await (await openStore({ url: `sqlite:${path}`, now: Date.now })).close();
    const empty = await visit({ environment: { DATABASE_URL: `sqlite:${path}` } });
    expect([empty.code, empty.complaints]).toEqual([0, [expect.stringMatching(missing)]]);
  });

  it('has nothing to say of it where the record was begun without one', async () => {
    const { complaints, lines } = await visit({ environment: { DATABASE_URL: await fileWith('') } });
    expect(complaints).toEqual([]);
    expect(lines('database')).toEqual([expect.stringMatching(/^ok .*audit record without AUDIT_KEY$/)]);
  });
});

describe('the doctor at a database file', () => {
  it('of a newer program says that this one is too old', async () => {
    const url = await fileWith('insert into schema_version values (99, 1)');
    const { code, complaints } = await visit({ environment: { DATABASE_URL: url } });
    expect([code, complaints]).toEqual([
      1,
      [
        expect.stringMatching(
          /^wrong database .*its tables have version 99, this program knows \d+\. Start the newer version/,
        ),
      ],
    ]);
  });

  it('of an older program says that the next start brings it up to date, and does not do so', async () => {
    const url = await fileWith('delete from schema_version where version > 2');
    const { code, lines } = await visit({ environment: { DATABASE_URL: url } });
    expect([code, lines('database')]).toEqual([
      0,
      [expect.stringMatching(/tables of version 2; the next start brings them to \d+ \(back them up before\)/)],
    ]);
    const again = await visit({ environment: { DATABASE_URL: url } });
    expect(again.lines('database')).toEqual(lines('database'));
  });

  it('that was written with another key says so, and tells neither key', async () => {
    const url = await fileWith('', 'canary-key');
    const { code, complaints, out } = await visit({ environment: { DATABASE_URL: url, AUDIT_KEY: 'canary-other' } });
    expect([code, complaints]).toEqual([
      1,
      [
        expect.stringMatching(
          /^wrong database The last audit entry does not fit AUDIT_KEY.*Use the AUDIT_KEY that the database was begun with/,
        ),
      ],
    ]);
    expect(out).not.toContain('canary');
  });

  it('of another program, that is no database, or whose folder is none, says so', async () => {
    const folder = scratch();
    const foreign = new DatabaseSync(join(folder, 'foreign.db'));
    foreign.exec('create table crm (id integer)');
    foreign.close();
    writeFileSync(join(folder, 'text.db'), 'x'.repeat(8192));
    const seen = [];
    for (const name of ['foreign.db', 'text.db', 'text.db/below.db']) {
      const { complaints } = await visit({ environment: { DATABASE_URL: `sqlite:${join(folder, name)}` } });
      seen.push(...complaints);
    }
    expect(seen).toEqual([
      expect.stringMatching(/^wrong database The database holds the tables of another program/),
      expect.stringMatching(/^wrong database The database is damaged or not a database of this kind/),
      expect.stringMatching(/^wrong database SQLite, .*text\.db is no folder\. Correct the rights, or DATABASE_URL\.$/),
    ]);
  });
});
