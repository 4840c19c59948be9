import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { SOON } from '../e2e/cast.ts';
import { openTown } from '../e2e/town.ts';

const REFUSED = 'The bot cannot write its records at the moment, so nothing was done. Tell your CRM administrator.';

/** A town whose records are in a file, with the connection that the bot has to it. */
async function townOnDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-outage-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'logoff.db');
  const prepared = vi.spyOn(DatabaseSync.prototype, 'prepare');
  onTestFinished(() => prepared.mockRestore());
  const town = await openTown('socket', { database: `sqlite:${file}`, settings: [SOON], many: 60 });
  const connection = prepared.mock.contexts.find((one) => one instanceof DatabaseSync && one.location() === file);
  if (!(connection instanceof DatabaseSync)) throw new Error('the bot opened its file');
  /** Looks at the records beside the bot. */
  const records = async () => {
    const store = await openStore({ url: `sqlite:${file}`, now: town.clock.now, access: 'read' });
    onTestFinished(() => store.close());
    return store;
  };
  return { town, file, connection, records };
}

/** Another process that holds the file for writing, until it is let go. */
async function lockedByAnother(file: string): Promise<() => Promise<void>> {
  const code = `const { DatabaseSync } = require('node:sqlite');
    const db = new DatabaseSync(process.argv[1]); db.exec('begin immediate');
    process.stdout.write('locked'); process.stdin.on('end', () => db.close()).resume();`;
  const other = spawn(process.execPath, ['-e', code, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void other.kill());
  await once(other.stdout, 'data');
  return async () => {
    other.stdin.end();
    await once(other, 'exit');
  };
}

describe('with the disk full', () => {
  it('new requests are refused in words, nothing is sent unrecorded, and all goes on when there is room again', async () => {
    const { town, connection, records } = await townOnDisk();
    const { bob, alice, clock, card, line, calls } = town;
    connection.exec('pragma max_page_count = 1');

    // What fits into the last pages is still taken.
    let taken = 0;
    for (let id = 1001; id <= 1060 && !bob.told().includes(REFUSED); id += 1) {
      await bob.say(`/logoff ${id} reason: ${'to be found again '.repeat(20)}`);
      taken += 1;
    }
    taken -= 1;
    expect(bob.told()).toBe(REFUSED);
    expect(taken).toBeLessThan(59);
    let refusedAt = 0;
    for (let request = 1; request <= taken && refusedAt === 0; request += 1) {
      await alice.click(card(request), 'Approve');
      if (alice.answered().includes('cannot write its records')) refusedAt = request;
    }
    const { requests, audit } = await records();
    const sent = calls().flat();
    expect(new Set(sent).size).toBe(sent.length);
    const claimed = (await audit.read(1, 10_000)).flatMap(({ entry }) =>
      entry !== undefined && 'fact' in entry && entry.fact.kind === 'dispatch_claimed' ? entry.fact.sent : [],
    );
    for (const id of sent) expect(claimed).toContain(id);

    connection.exec('pragma max_page_count = 1000000');
    await clock.advance(60_000);
    for (const request of await requests.listOpen(100)) {
      if (request.status === 'awaiting_approval') await alice.click(card(request.id), 'Approve');
    }
    await clock.advance(60_000);
    expect(await requests.listOpen(100)).toEqual([]);
    expect(calls().flat().toSorted()).toEqual(Array.from({ length: taken }, (_, at) => 1001 + at));
    for (let request = 1; request <= taken; request += 1) expect(line(request)).toContain('1 person logged off');
    await bob.say('/logoff 102');
    expect(line(taken + 1)).toContain('waiting for approval');
    expect(await audit.verify()).toMatchObject({ ok: true });
  });
});

describe('with the file locked by another process', () => {
  it('commands and clicks are refused in words, and work again when it lets go', async () => {
    const { town, file } = await townOnDisk();
    const { bob, alice, card, line, calls } = town;
    await bob.say('/logoff 102');
    const letGo = await lockedByAnother(file);
    await bob.say('/logoff 104');
    expect(bob.told()).toBe(REFUSED);
    await alice.click(card(1), 'Approve');
    expect(alice.answered()).toBe(REFUSED);
    expect(calls()).toEqual([]);
    await letGo();
    await alice.click(card(1), 'Approve');
    expect(line(1)).toBe('Request 1: 1 person logged off');
    await bob.say('/logoff 104');
    expect(line(2)).toContain('waiting for approval');
    expect(calls()).toEqual([[102]]);
  });

  it('what was approved before is not sent until that can be recorded, and then once', async () => {
    const { town, file } = await townOnDisk();
    const { bob, alice, clock, netserver, card, line, calls } = town;
    await bob.say('/logoff 102');
    await netserver.refuse();
    await alice.click(card(1), 'Approve');
    const letGo = await lockedByAnother(file);
    await netserver.accept();
    await clock.advance(20_000);
    expect(calls()).toEqual([]);
    await letGo();
    await clock.advance(20_000);
    expect(line(1)).toBe('Request 1: 1 person logged off');
    expect(calls()).toEqual([[102]]);
  });
});

describe('with the file taken away', () => {
  it('nothing is written where nobody would find it: refused in words, until the file is back', async () => {
    const { town, file, records } = await townOnDisk();
    const { bob, alice, card, line, calls } = town;
    await bob.say('/logoff 102');
    renameSync(file, `${file}.elsewhere`);
    await bob.say('/logoff 104');
    expect(bob.told()).toBe(REFUSED);
    await alice.click(card(1), 'Approve');
    expect(alice.answered()).toBe(REFUSED);
    expect(calls()).toEqual([]);
    renameSync(`${file}.elsewhere`, file);
    await alice.click(card(1), 'Approve');
    expect(line(1)).toBe('Request 1: 1 person logged off');
    expect(calls()).toEqual([[102]]);
    const { audit } = await records();
    expect(await audit.verify()).toMatchObject({ ok: true });
  });
});
