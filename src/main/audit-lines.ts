import type { Person } from '../core/people.ts';
import type { AuditEntry } from '../core/request/entry.ts';
import type { AuditRecord } from '../store/audit.ts';
import { csvLine } from './csv.ts';

type What = Extract<AuditEntry, { fact: unknown }>['fact'] | Extract<AuditEntry, { note: unknown }>['note'];

const COLUMNS = [
  'n',
  'time',
  'kind',
  'via',
  'request',
  'version',
  'policy',
  'rule',
  'slack',
  'team',
  'name',
  'associate',
  'matched_by',
  'channel',
  'action',
  'code',
  'targets',
  'left_out',
  'outcomes',
  'text',
  'reason',
  'hash',
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** How entries are written out, a text for each. `head` comes first. */
export interface AuditLines {
  readonly head: string;
  readonly line: (record: AuditRecord) => string;
}

/** A line of JSON for each entry, with the entry exactly as it is stored. */
export const jsonLines: AuditLines = {
  head: '',
  line: ({ n, hash, entry, text }) => {
    const time = entry === undefined ? {} : { time: new Date(entry.at).toISOString() };
    const start = JSON.stringify({ n, ...time, hash }).slice(0, -1);
    return `${start},"entry":${entry === undefined ? JSON.stringify(text) : text}}\n`;
  },
};

/** A row for each entry, for spreadsheets: what most questions are about. */
export const csvLines: AuditLines = {
  head: csvLine(COLUMNS),
  line: (record) => {
    const row = rowOf(record);
    return csvLine(COLUMNS.map((column) => row[column] ?? ''));
  },
};

function rowOf({ n, hash, entry, text }: AuditRecord): Row {
  if (entry === undefined) return { n: `${n}`, kind: 'unreadable', text, hash };
  const common = {
    n: `${n}`,
    time: new Date(entry.at).toISOString(),
    via: entry.via,
    policy: entry.policyVersion,
    hash,
  };
  if ('note' in entry) return { ...common, kind: entry.note.kind, ...details(entry.note) };
  const { request, version, fact } = entry;
  return { ...common, kind: fact.kind, request: `${request}`, version: `${version}`, ...details(fact) };
}

/** What is said of each kind of entry under the same name goes into the same column. */
function details(what: What): Row {
  return {
    ...who(what),
    ...('origin' in what ? { channel: what.origin.channel, text: what.origin.text } : {}),
    ...('channel' in what && what.channel !== undefined ? { channel: what.channel } : {}),
    ...('text' in what ? { text: what.text } : {}),
    ...('request' in what ? { request: `${what.request}` } : {}),
    ...('action' in what ? { action: what.action } : {}),
    ...('code' in what ? { code: what.code } : {}),
    ...('rule' in what && what.rule !== undefined ? { rule: what.rule } : {}),
    ...('reason' in what && what.reason !== undefined ? { reason: what.reason } : {}),
    ...('note' in what && what.note !== undefined ? { reason: what.note } : {}),
    ...targetsOf(what),
    ...('leftOut' in what && what.leftOut !== undefined
      ? { left_out: what.leftOut.map(({ id, code }) => `${id}=${code}`).join(' ') }
      : {}),
    ...('results' in what
      ? { outcomes: what.results.map(({ id, outcome }) => `${id}=${outcome.kind}`).join(' ') }
      : {}),
    ...('upTo' in what ? { text: `entries up to ${what.upTo.n}, hash ${what.upTo.hash}` } : {}),
  };
}

function targetsOf(what: What): Row {
  if ('sent' in what) return { targets: what.sent.join(' ') };
  if (!('targets' in what)) return {};
  return { targets: what.targets.map((target) => (typeof target === 'object' ? target.id : target)).join(' ') };
}

function who(what: What): Row {
  if ('requester' in what) return person(what.requester);
  if (!('by' in what)) return {};
  if (typeof what.by === 'object') return person(what.by);
  if (!('team' in what)) return { slack: what.by };
  return person({ ...what, slack: what.by });
}

const person = ({
  slack,
  team,
  name,
  match,
}: Pick<Person, 'slack' | 'team'> & { name?: string | undefined; match?: Person['match'] }): Row => ({
  slack,
  team,
  ...(name === undefined ? {} : { name }),
  ...(match === undefined ? {} : { associate: `${match.associate}`, matched_by: match.how }),
});
