import { parseArgs } from 'node:util';
import type { RecordsSettings } from '../config.ts';
import { EdgeError } from '../core/errors.ts';
import { type Anchor, anchorSchema } from '../core/request/entry.ts';
import type { Instant } from '../core/time.ts';
import { parseMoment } from '../runtime/moment.ts';
import type { Audit } from '../store/audit.ts';
import type { Verdict } from '../store/audit-verify.ts';
import { openStore } from '../store/open-store.ts';
import { csvLines, jsonLines } from './audit-lines.ts';

export const AUDIT_USAGE = `  superoffice-logoff audit verify [--anchor n:hash] [--json]
                                     checks the record of who did what; exit code 1 where it was damaged
  superoffice-logoff audit export [--format jsonl|csv] [--since 2026-11-01|7d] [--until …]
                                     writes the record out
`;

/** Exit codes. That it could not be looked at must not be taken for damage. */
const FINE = 0;
const DAMAGED = 1;
const MISUSED = 2;
const NOT_CHECKED = 3;
const KEY_NOT_SET = 4;

const PAGE = 500;

export interface Terminal {
  /** Resolves when it was taken; false where nobody reads on. */
  out(text: string): Promise<boolean>;
  error(text: string): void;
  now(): Instant;
  /** Asked only when the words make sense. */
  settings(): RecordsSettings;
}

type Job = (audit: Audit, isKeyed: boolean, terminal: Terminal) => Promise<number>;

/** `audit verify` and `audit export`: look at the records beside a bot that runs. Gives the exit code. */
export async function auditCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const job = jobOf(words, terminal.now());
  if (typeof job === 'string') {
    terminal.error(`${job}\n\n${AUDIT_USAGE}`);
    return MISUSED;
  }
  const settings = terminal.settings();
  if (!settings.ok) {
    terminal.error(`${settings.report}\n`);
    return MISUSED;
  }
  const { databaseUrl, auditKey } = settings;
  try {
    const options = {
      url: databaseUrl.reveal(),
      auditKey: auditKey?.reveal(),
      now: terminal.now,
      access: 'read',
    } as const;
    const store = await openStore(options);
    return await job(store.audit, auditKey !== undefined, terminal).finally(() => store.close());
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    terminal.error(`${error.message}\n`);
    return NOT_CHECKED;
  }
}

/** What is to be done, or what is wrong with the words. */
function jobOf([verb, ...rest]: readonly string[], now: Instant): Job | string {
  try {
    if (verb === 'verify') {
      const options = { anchor: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
      const { values } = parseArgs({ args: [...rest], options, strict: true });
      const anchor = values.anchor === undefined ? undefined : parseAnchor(values.anchor);
      if (anchor === 'bad') return '--anchor must be like 1234:<64 hex digits>, or the words of the daily line.';
      return (audit, isKeyed, terminal) => verify(audit, anchor, values.json, isKeyed, terminal);
    }
    if (verb === 'export') {
      const text = { type: 'string' } as const;
      const options = { format: { ...text, default: 'jsonl' }, since: text, until: text } as const;
      const { values } = parseArgs({ args: [...rest], options, strict: true });
      const lines = { jsonl: jsonLines, csv: csvLines }[values.format];
      if (lines === undefined) return '--format must be jsonl or csv.';
      const since = values.since === undefined ? 0 : parseMoment(values.since, now);
      const until = values.until === undefined ? Number.POSITIVE_INFINITY : parseMoment(values.until, now);
      if (since === undefined || until === undefined) {
        return '--since and --until must be a date (2026-11-01), a moment (2026-11-01T08:00Z) or a length of time (7d).';
      }
      return (audit, _, terminal) => writeOut(audit, lines, since, until, terminal);
    }
    return verb === undefined ? 'What is to be done with the audit record?' : `audit ${verb}: no such command.`;
  } catch (error) {
    // parseArgs explains unknown options in words.
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

/** "12:abc…", or as the audit channel has it: "entry 12, hash abc…". */
function parseAnchor(text: string): Anchor | 'bad' {
  const [, n, hash] = /^(?:entry )?(\d{1,15})(?::|, hash )([0-9a-f]{64})\.?$/i.exec(text.trim()) ?? [];
  return anchorSchema.safeParse({ n: Number(n), hash: hash?.toLowerCase() }).data ?? 'bad';
}

async function verify(
  audit: Audit,
  anchor: Anchor | undefined,
  asJson: boolean,
  isKeyed: boolean,
  { out }: Terminal,
): Promise<number> {
  const verdict = await audit.verify(anchor);
  if (!verdict.ok && !isKeyed && verdict.damage === 'altered' && verdict.n === ((await audit.stub())?.n ?? 0) + 1) {
    // Without its key a keyed record fits nowhere, from its first entry on. That is hardly damage.
    await out(asJson ? `${JSON.stringify({ ...verdict, key: 'not_set' })}\n` : WITHOUT_KEY);
    return KEY_NOT_SET;
  }
  await out(asJson ? `${JSON.stringify(verdict)}\n` : inWords(verdict, anchor, isKeyed));
  return verdict.ok ? FINE : DAMAGED;
}

const WITHOUT_KEY =
  'AUDIT_KEY is not set, and this record was probably written with one. Set it and run this again. (If it never had one, its first entry was altered.)\n';

const DAMAGES = {
  altered: 'was altered',
  removed: 'is missing',
  reordered: 'is not at its place',
  inserted: 'does not belong there',
} as const;

function inWords(verdict: Verdict, anchor: Anchor | undefined, isKeyed: boolean): string {
  if (!verdict.ok) {
    const key = verdict.damage === 'altered' ? ' (Or AUDIT_KEY is not the one that the bot uses.)' : '';
    return `DAMAGED: entry ${verdict.n} ${DAMAGES[verdict.damage]}. It is the first one that is not as it was written.${key}\n`;
  }
  const { entries, head, stub } = verdict;
  const lines = [
    `The audit record is whole: ${entries} entries. The last is entry ${head.n}, hash ${head.hash}.`,
    ...(stub === undefined ? [] : [`Entries up to ${stub.n} were too old to be kept; their removal is on record.`]),
    ...(anchor === undefined
      ? ['Without --anchor a cut-off end would not show.']
      : verdict.anchor === 'pruned'
        ? ['The anchor could not be compared: its entry was too old to be kept.']
        : ['The anchor fits.']),
    ...(isKeyed ? [] : ['There is no AUDIT_KEY: who can write to the database could write another record that fits.']),
  ];
  return `${lines.join('\n')}\n`;
}

async function writeOut(
  audit: Audit,
  { head, line }: typeof jsonLines,
  since: Instant,
  until: Instant,
  { out }: Terminal,
): Promise<number> {
  if (head !== '' && !(await out(head))) return FINE;
  let from = 1;
  for (;;) {
    const records = await audit.read(from, PAGE);
    // What cannot be read has no time; it is never left out.
    const wanted = records.filter(({ entry }) => entry === undefined || (entry.at >= since && entry.at < until));
    if (wanted.length > 0 && !(await out(wanted.map(line).join('')))) return FINE;
    const last = records.at(-1);
    if (last === undefined || records.length < PAGE) return FINE;
    from = last.n + 1;
  }
}
