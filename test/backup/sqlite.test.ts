import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../delivery/packed.ts';
import { sectionOf } from '../docs/pages.ts';
import { openSite } from '../replicas/site.ts';
import { startWriter } from '../store/writer.ts';
import { cardOf, lineOf, program, requestsOf } from './looks.ts';

const KEY = 'canary-audit-key';
const DATABASE = 'sqlite:logoff.db';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('backup of an SQLite database', () => {
  it('beside a bot that writes all the time, each copy is whole and holds what was acknowledged before', async () => {
    const folder = emptyFolder();
    const writer = await startWriter(`sqlite:${join(folder, 'logoff.db')}`, 'write');
    await writer.lines(50);
    const heads: number[] = [];
    for (const name of ['one.db', 'two.db', 'three.db']) {
      const acknowledged = Math.max(...writer.seen().map((line) => Number(line.split(' ')[0])));
      const { code, out, error } = await program(folder, ['backup', name], { DATABASE_URL: DATABASE });
      expect({ code, error }).toEqual({ code: 0, error: '' });
      heads.push(Number(/^Written: \w+\.db\nThe audit record is whole: (\d+) entries\./.exec(out)?.[1]));
      const requests = await requestsOf(`sqlite:${join(folder, name)}`);
      expect(requests.highest).toBeGreaterThanOrEqual(acknowledged);
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
    const seen = writer.seen().length;
    await writer.lines(seen + 1);
    expect(heads).toEqual(heads.toSorted((a, b) => a - b));
    expect(new Set(heads).size).toBe(3);
  });

  it('never writes over a file, leaves nothing half done, and says what cannot be', async () => {
    const folder = emptyFolder();
    const writer = await startWriter(`sqlite:${join(folder, 'logoff.db')}`, 'hold');
    await writer.kill();
    writeFileSync(join(folder, 'kept.db'), 'an older backup');
    writeFileSync(join(folder, 'other.txt'), 'not a database');
    const backup = (words: readonly string[], url = DATABASE) =>
      program(folder, ['backup', ...words], { DATABASE_URL: url });

    const taken = await backup(['kept.db']);
    expect(taken).toMatchObject({ code: 3, out: '', error: expect.stringContaining('kept.db is there already') });
    expect(statSync(join(folder, 'kept.db')).size).toBe('an older backup'.length);
    expect(await backup(['new.db'], 'sqlite:nowhere.db')).toMatchObject({ code: 3, out: '' });
    expect(await backup(['new.db'], 'sqlite:other.txt')).toMatchObject({ code: 3, out: '' });
    expect(await backup(['no-such-folder/new.db'])).toMatchObject({ code: 3, out: '' });
    expect(await backup(['new.db'], 'sqlite::memory:')).toMatchObject({ code: 3, out: '' });
    expect(await backup([])).toMatchObject({
      code: 2,
      error: expect.stringContaining('superoffice-logoff backup <new file>'),
    });
    const help = { code: 0, out: expect.stringContaining('superoffice-logoff backup <new file>') };
    expect(await backup(['--help'])).toMatchObject(help);
    const elsewhere = await backup(['new.db'], 'postgres://logoff:hunter2@db.example.com/logoff');
    expect(elsewhere).toMatchObject({ code: 2, out: '', error: expect.stringContaining('pg_dump') });
    expect(elsewhere.error).not.toContain('hunter2');
    expect(readdirSync(folder).filter((name) => name.startsWith('new'))).toEqual([]);
  });

  it('put back after the machine was lost, it is the record as it was: whole, and the bot goes on from there', async () => {
    const site = await openSite({ mode: 'http', database: DATABASE, many: 10 });
    onTestFinished(() => site.close());
    const { slack, netserver, folder } = site;
    const secrets = { DATABASE_URL: DATABASE, AUDIT_KEY: KEY };
    const [bob, alice] = [slack.as('U0BOB'), slack.as('U0ALICE')];
    const first = await site.start({ AUDIT_KEY: KEY });
    slack.useRequestUrl(`http://127.0.0.1:${first.port}/slack/events`);
    await bob.say('#helpdesk', '/logoff 1001');
    await slack.until(() => cardOf(slack, 1) !== undefined);

    const { code, out } = await program(folder, ['backup', 'backup.db'], secrets);
    expect(code).toBe(0);
    const [anchor = ''] = /entry \d+, hash [0-9a-f]{64}/.exec(out) ?? [];

    // What happens afterwards is lost with the machine.
    await bob.say('#helpdesk', '/logoff 1002');
    await slack.until(() => cardOf(slack, 2) !== undefined);
    await first.kill();
    for (const name of readdirSync(folder)) if (name.startsWith('logoff.db')) rmSync(join(folder, name));

    copyFileSync(join(folder, 'backup.db'), join(folder, 'logoff.db'));
    const [higherNumbers = 'false'] = /node -e .*/.exec(sectionOf('docs/operate.md', 'SQLite')) ?? [];
    const raised = await run('/bin/sh', ['-c', higherNumbers], {
      cwd: folder,
      env: { PATH: dirname(process.execPath) },
    });
    expect(raised).toMatchObject({ code: 0, error: '' });
    const verified = await program(folder, ['audit', 'verify', '--anchor', anchor], secrets);
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('The anchor fits.') });

    const second = await site.start({ AUDIT_KEY: KEY });
    slack.useRequestUrl(`http://127.0.0.1:${second.port}/slack/events`);
    const [open, lost] = [cardOf(slack, 1), cardOf(slack, 2)];
    if (open === undefined || lost === undefined) throw new Error('both cards are still in the channel');
    await alice.click(open, 'Approve');
    await slack.until(() => lineOf(slack, 1)?.startsWith('Request 1: 1 person logged off') === true, {
      within: 10_000,
    });
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([[1001]]);

    // Nothing is known of the lost one, and its number is not given to another.
    await alice.click(lost, 'Approve');
    await slack.until(() => slack.transcript('C0APPROVALS').includes('There is no request 2'));
    await bob.say('#helpdesk', '/logoff 1003');
    await slack.until(() => cardOf(slack, 1002) !== undefined);
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([[1001]]);
    expect(await second.stop()).toBe(0);
    expect(await program(folder, ['audit', 'verify', '--anchor', anchor], secrets)).toMatchObject({ code: 0 });
  });
});
