import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../delivery/packed.ts';
import { sectionOf } from '../docs/pages.ts';
import { openSite } from '../replicas/site.ts';
import { missingServer, SERVER, sqlOn } from '../store/postgres-world.ts';
import { startWriter } from '../store/writer.ts';
import { cardOf, lineOf, program, requestsOf } from './looks.ts';

/** As the page for operators has it. */
const HIGHER_NUMBERS = /psql .* -c "([^"]+)"/.exec(sectionOf('docs/operate.md', 'PostgreSQL'))?.[1] ?? '';
const VERSIONS = '/usr/lib/postgresql';

/** The newest pg_dump and pg_restore of this machine: they must not be older than the server. */
function findTools(): string | undefined {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).toSorted((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(VERSIONS, version, 'bin')).find((bin) => existsSync(join(bin, 'pg_dump')));
}

const tools = findTools();
const missing = (await missingServer()) ?? (tools === undefined ? 'SKIPPED: pg_dump is not installed' : undefined);

/** A database of its own, taken away afterwards. */
async function freshDatabase(): Promise<string> {
  const name = `logoff_backup_${randomBytes(6).toString('hex')}`;
  await sqlOn(SERVER, `create database ${name}`);
  onTestFinished(async () => void (await sqlOn(SERVER, `drop database ${name} with (force)`)));
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return url.href;
}

async function tool(name: string, ...words: readonly string[]): Promise<void> {
  const ended = await run(join(tools ?? '', name), words, { cwd: tmpdir(), env: { PATH: process.env['PATH'] ?? '' } });
  expect(ended).toMatchObject({ code: 0, error: '' });
}

describe.skipIf(missing !== undefined)(missing ?? 'backup of a PostgreSQL database', () => {
  it('beside a bot that writes all the time, pg_dump takes a record that is whole', async () => {
    const [url, restored] = [await freshDatabase(), await freshDatabase()];
    const writer = await startWriter(url, 'write');
    await writer.lines(50);
    const acknowledged = Math.max(...writer.seen().map((line) => Number(line.split(' ')[0])));
    const file = join(tmpdir(), `logoff-${randomBytes(6).toString('hex')}.dump`);
    onTestFinished(
      async () => void (await run('rm', ['-f', file], { cwd: '/', env: { PATH: process.env['PATH'] ?? '' } })),
    );
    await tool('pg_dump', '--format=custom', '--no-owner', `--file=${file}`, url);
    await tool('pg_restore', '--exit-on-error', '--single-transaction', '--no-owner', `--dbname=${restored}`, file);
    expect((await requestsOf(restored)).highest).toBeGreaterThanOrEqual(acknowledged);
    const { code, out } = await program(tmpdir(), ['audit', 'verify'], { DATABASE_URL: restored });
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('The audit record is whole') });
    // What guards the audit record came along.
    await expect(sqlOn(restored, 'delete from audit')).rejects.toThrow();
  });

  it('put back, the bot goes on from there', async () => {
    const [url, restored] = [await freshDatabase(), await freshDatabase()];
    const site = await openSite({ mode: 'http', database: url, many: 10 });
    onTestFinished(() => site.close());
    const { slack, netserver, folder } = site;
    const [bob, alice] = [slack.as('U0BOB'), slack.as('U0ALICE')];
    const first = await site.start();
    slack.useRequestUrl(`http://127.0.0.1:${first.port}/slack/events`);
    await bob.say('#helpdesk', '/logoff 1001');
    await slack.until(() => cardOf(slack, 1) !== undefined);
    const file = join(folder, 'backup.dump');
    await tool('pg_dump', '--format=custom', '--no-owner', `--file=${file}`, url);
    await first.kill();

    await tool('pg_restore', '--exit-on-error', '--single-transaction', '--no-owner', `--dbname=${restored}`, file);
    await sqlOn(restored, HIGHER_NUMBERS);
    const second = await site.start({ DATABASE_URL: restored });
    slack.useRequestUrl(`http://127.0.0.1:${second.port}/slack/events`);
    const card = cardOf(slack, 1);
    if (card === undefined) throw new Error('the card is still in the channel');
    await alice.click(card, 'Approve');
    await slack.until(() => lineOf(slack, 1)?.startsWith('Request 1: 1 person logged off') === true, {
      within: 10_000,
    });
    await bob.say('#helpdesk', '/logoff 1002');
    await slack.until(() => cardOf(slack, 1002) !== undefined);
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([[1001]]);
    expect(await second.stop()).toBe(0);
    expect(await program(folder, ['audit', 'verify'], { DATABASE_URL: restored })).toMatchObject({ code: 0 });
  });
});
