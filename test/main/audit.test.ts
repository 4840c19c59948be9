import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseMoment } from '../../src/runtime/moment.ts';
import { openStore } from '../../src/store/open-store.ts';
import { after, anna, NOON, opening, refusal } from '../store/sample-requests.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const KEY = 'canary-audit-key';
const DAY = 86_400_000;

interface Ended {
  readonly code: unknown;
  readonly out: string;
  readonly error: string;
}

/** A database that is open for writing, as beside a bot that runs, and the commands on it: they get no other secret. */
async function records(auditKey: string | undefined = KEY) {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-audit-'));
  const url = 'sqlite:logoff.db';
  const file = join(folder, 'logoff.db');
  const store = await openStore({
    url: `sqlite:${file}`,
    auditKey: auditKey === '' ? undefined : auditKey,
    now: () => NOON,
  });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  await store.requests.note({ ...refusal('=cmd'), at: NOON - 10 * DAY });
  const { request } = await store.requests.open('k', (id) =>
    opening(id, [101, 102], '=HYPERLINK("http://x"), "quoted"\nline'),
  );
  const next = after(request, { kind: 'denied', by: anna, note: '-no' });
  await store.requests.save(1, next.request, next.entries, undefined);
  const run = (words: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> => {
    const key: Record<string, string> = auditKey === '' ? {} : { AUDIT_KEY: auditKey };
    const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: url, ...key, ...more };
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [MAIN, 'audit', ...words.split(' ')],
        { cwd: folder, env, timeout: 15_000 },
        (failure, out, error) => resolve({ code: failure === null ? 0 : failure.code, out, error }),
      );
    });
  };
  const tamper = (...statements: readonly string[]) => {
    const database = new DatabaseSync(file);
    database.exec('drop trigger audit_no_update; drop trigger audit_no_delete');
    for (const statement of statements) database.exec(statement);
    database.close();
  };
  return { store, run, tamper };
}

describe('audit verify', () => {
  it('finds an untouched record whole beside a process that writes, with an anchor as n:h or as the channel has it', async () => {
    const { store, run } = await records();
    const { n, hash } = await store.audit.head();
    const [plain, anchored, json] = await Promise.all([
      run('verify'),
      run(`verify --anchor ${n}:${hash}`),
      run(`verify --json --anchor ${n}:${hash}`),
    ]);
    expect(plain).toEqual({
      code: 0,
      out: `The audit record is whole: 3 entries. The last is entry 3, hash ${hash}.\nWithout --anchor a cut-off end would not show.\n`,
      error: '',
    });
    expect(anchored.out).toContain('The anchor fits.');
    expect(JSON.parse(json.out)).toEqual({ ok: true, entries: 3, head: { n, hash } });
    expect(plain.out).not.toContain(KEY);
  });

  it('names the first entry that was altered, and ends with 1', async () => {
    const { run, tamper } = await records();
    tamper(`update audit set text = replace(text, '102', '103') where n >= 2`);
    const [plain, json] = await Promise.all([run('verify'), run('verify --json')]);
    expect(plain.code).toBe(1);
    expect(plain.out).toMatch(/^DAMAGED: entry 2 was altered\./);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toEqual({ ok: false, n: 2, damage: 'altered' });
  });

  it('finds a cut-off end with an anchor only', async () => {
    const { store, run, tamper } = await records();
    const { n, hash } = await store.audit.head();
    tamper('delete from audit where n = 3');
    const [without, withAnchor] = await Promise.all([run('verify'), run(`verify --anchor ${n}:${hash}`)]);
    expect(without.code).toBe(0);
    expect(withAnchor).toMatchObject({ code: 1, out: expect.stringMatching(/^DAMAGED: entry 3 is missing\./) });
  });

  it('says what a record without a key is worth, and that another key is one too', async () => {
    const open = await records('');
    expect((await open.run('verify')).out).toContain('There is no AUDIT_KEY');
    const keyed = await records();
    expect(await keyed.run('verify', { AUDIT_KEY: 'another' })).toMatchObject({
      code: 1,
      out: expect.stringContaining('AUDIT_KEY is not the one'),
    });
  });

  it('without the key of a keyed record asks for it instead of speaking of damage, and ends with 4', async () => {
    const { run, tamper } = await records();
    const [plain, json] = await Promise.all([
      run('verify', { AUDIT_KEY: '' }),
      run('verify --json', { AUDIT_KEY: '' }),
    ]);
    expect(plain).toMatchObject({ code: 4, error: '' });
    expect(plain.out).toMatch(
      /^AUDIT_KEY is not set, and this record was probably written with one\. Set it and run this again\./,
    );
    expect(plain.out).not.toContain('DAMAGED');
    expect(json.code).toBe(4);
    expect(JSON.parse(json.out)).toEqual({ ok: false, n: 1, damage: 'altered', key: 'not_set' });
    // With its key it is looked at as ever.
    tamper(`update audit set text = text || ' ' where n = 1`);
    expect(await run('verify')).toMatchObject({ code: 1, out: expect.stringMatching(/^DAMAGED: entry 1 was altered/) });
  });

  it('finds a later entry altered in a record that never had a key, and ends with 1', async () => {
    const { run, tamper } = await records('');
    tamper(`update audit set text = replace(text, '102', '103') where n >= 2`);
    expect(await run('verify')).toMatchObject({ code: 1, out: expect.stringMatching(/^DAMAGED: entry 2 was altered/) });
  });

  it('a database that cannot be looked at is no damage: it ends with 3, wrong words with 2', async () => {
    const { run } = await records();
    const [gone, unknown, anchor, bad, none] = await Promise.all([
      run('verify', { DATABASE_URL: 'sqlite:nowhere.db' }),
      run('verify --fast'),
      run('verify --anchor 12'),
      run('verify', { DATABASE_URL: 'mysql://hunter2@x' }),
      run('burn'),
    ]);
    expect(gone).toMatchObject({ code: 3, out: '' });
    expect([unknown.code, anchor.code, bad.code, none.code]).toEqual([2, 2, 2, 2]);
    expect(bad.error).toContain('DATABASE_URL');
    expect(bad.error).not.toContain('hunter2');
    expect(none.error).toContain('superoffice-logoff audit verify');
  });
});

describe('audit export', () => {
  it('writes a line of JSON for each entry, with the entry as it is stored', async () => {
    const { store, run } = await records();
    const { code, out, error } = await run('export');
    expect([code, error]).toEqual([0, '']);
    const stored = await store.audit.read(1, 10);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(
      stored.map(({ n, hash, entry }) => ({ n, hash, time: new Date(entry?.at ?? 0).toISOString(), entry })),
    );
    for (const [index, { text }] of stored.entries()) expect(lines[index]).toContain(text);
    expect(out).not.toContain(KEY);
  });

  it('writes a table that no spreadsheet takes for formulas', async () => {
    const { run } = await records();
    const { code, out } = await run('export --format csv');
    expect(code).toBe(0);
    expect(out.split('\r\n')[0]).toMatch(/^n,time,kind,via,request,/);
    expect(out).toContain(`"'=HYPERLINK(""http://x""), ""quoted""\nline"`);
    expect(out).toContain("'-no");
    expect(out).toContain("'=cmd");
    expect(out).not.toMatch(/(^|,)[=+@-]/m);
    expect(out).toContain(',101 102,');
  });

  it('writes what lies in a stretch of time only', async () => {
    const { store, run } = await records();
    const numbers = async (words: string) =>
      [...(await run(`export ${words}`)).out.matchAll(/^\{"n":(\d+)/gm)].map(([, n]) => Number(n));
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    expect(await numbers(`--since ${day(NOON)}`)).toEqual([2, 3]);
    expect(await numbers(`--until ${day(NOON)}`)).toEqual([1]);
    expect(await numbers(`--since ${new Date(NOON + 500).toISOString()}`)).toEqual([3]);
    for (const days of [30, 3]) await store.requests.note({ ...refusal('x'), at: Date.now() - days * DAY });
    const lately = await numbers('--since 7d');
    expect([lately.includes(4), lately.includes(5)]).toEqual([false, true]);
    const wrong = await Promise.all([
      run('export --since yesterday'),
      run('export --format xml'),
      run('export --since 2026-02-31'),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([2, 2, 2]);
  });

  it('writes a long record to its end', async () => {
    const { store, run } = await records();
    for (let i = 0; i < 1_200; i += 1) await store.requests.note(refusal(`n${i}`));
    const { out } = await run('export');
    expect(out.trimEnd().split('\n')).toHaveLength(1_203);
  });
});

describe('a moment', () => {
  const now = Date.UTC(2026, 10, 22, 12);
  it.each([
    ['7d', now - 7 * DAY],
    ['2026-11-01', Date.UTC(2026, 10, 1)],
    ['2026-11-01T08:30', Date.UTC(2026, 10, 1, 8, 30)],
    ['2026-11-01 08:30:15Z', Date.UTC(2026, 10, 1, 8, 30, 15)],
    ['2026-11-01T08:30+02:00', Date.UTC(2026, 10, 1, 6, 30)],
    ['2026-02-31', undefined],
    ['2026-11-01T25:00', undefined],
    ['01.11.2026', undefined],
    ['7', undefined],
    ['', undefined],
  ])('%j', (text, at) => {
    expect(parseMoment(text, now)).toBe(at);
  });
});
