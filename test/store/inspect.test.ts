import { randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inspectRecords } from '../../src/store/inspect.ts';
import { openStore } from '../../src/store/open-store.ts';
import { missingServer, postgresWorld, SERVER, sqlOn } from './postgres-world.ts';
import { NOON } from './sample-requests.ts';

const missing = await missingServer();

describe.skipIf(missing !== undefined)(`looking at records on PostgreSQL ${missing ?? ''}`.trim(), () => {
  async function world() {
    const made = await postgresWorld();
    onTestFinished(() => made.drop());
    return made;
  }

  test('makes no table, and tells where they would be', async () => {
    const { url, raw } = await world();
    const found = await inspectRecords({ url });
    expect(found).toMatchObject({ engine: 'postgres', server: expect.stringMatching(/^PostgreSQL \d/) });
    expect([found.schema, found.notWritable]).toEqual([undefined, undefined]);
    expect(found.where).toMatch(/, schema logoff_test_\w+, as postgres$/);
    expect(await raw('select tablename from pg_tables where schemaname = current_schema()')).toEqual([]);
  });

  test('tells the version of the tables and the clock of the server, while a bot is at work on them', async () => {
    const { url } = await world();
    const store = await openStore({ url, now: () => NOON });
    onTestFinished(() => store.close());
    const found = await inspectRecords({ url });
    expect(found.schema).toBe(found.needed);
    expect(found.notWritable).toBeUndefined();
    expect(Math.abs((found.now ?? 0) - (await store.serverTime()))).toBeLessThan(60_000);
  });

  test('tells what the user of the bot may not do', async () => {
    const { url } = await world();
    const schema = new URL(url).searchParams.get('options')?.replace('-c search_path=', '') ?? '';
    const role = `logoff_role_${randomBytes(4).toString('hex')}`;
    await sqlOn(SERVER, `create role ${role} login`, `grant usage on schema ${schema} to ${role}`);
    onTestFinished(async () => {
      await sqlOn(SERVER, `drop owned by ${role}`, `drop role ${role}`);
    });
    const address = new URL(url);
    address.username = role;
    expect((await inspectRecords({ url: address.href })).notWritable).toBe(
      `${role} may not make tables in the schema ${schema}`,
    );
    await (await openStore({ url, now: () => NOON })).close();
    await sqlOn(SERVER, `grant select on all tables in schema ${schema} to ${role}`);
    expect((await inspectRecords({ url: address.href })).notWritable).toBe(`${role} may not write the table requests`);
  });

  test('a schema that is not there is told', async () => {
    const { url } = await world();
    const address = new URL(url);
    address.searchParams.set('options', '-c search_path=logoff_nowhere');
    expect((await inspectRecords({ url: address.href })).notWritable).toBe(
      'its search_path names no schema that is there',
    );
  });

  test('a wrong database is refused without the address', async () => {
    const address = new URL(SERVER);
    address.pathname = '/logoff_no_such_database';
    await expect(inspectRecords({ url: address.href })).rejects.toThrow(
      expect.objectContaining({ name: 'StoreError' }),
    );
  });
});
