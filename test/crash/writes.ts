export type Moment = 'before' | 'after';

/** Where a process is to die: right before or after this happens for this request (0 where it belongs to none). */
export interface Trap {
  readonly label: string;
  readonly when: Moment;
  readonly request: number;
}

export const writeTrap = ({ label, when, request }: Trap): string => `${label}\t${when}\t${request}`;

/** The trap that a text holds; nothing where it holds none. */
export function readTrap(text: string): Trap | undefined {
  const [label, when, request] = text.split('\t');
  if (label === undefined || label === '' || (when !== 'before' && when !== 'after')) return undefined;
  return { label, when, request: Number(request) };
}

/** How far a request is, as the people see it: what is drawn in between may be left out when things go fast. */
export type Stage = 'asked' | 'moving' | 'ended';

const stageOf = (status: string): Stage =>
  status === 'awaiting_approval' || status === 'awaiting_confirmation'
    ? 'asked'
    : ['approved', 'warning', 'dispatching', 'verifying'].includes(status)
      ? 'moving'
      : 'ended';

export interface Write {
  readonly label: string;
  readonly request: number;
  /** To be called when the database has done it. */
  done(): void;
}

interface Change {
  readonly request: number;
  readonly version: number;
  readonly status: string;
  readonly fresh: boolean;
}

/** Names the writes of a request's life by their statements: a transaction by what it stores, when it is committed. */
export function writesOf() {
  const stages = new Map<string, Stage>();
  const latest = new Map<number, Stage>();

  const keep = ({ request, version, status }: Change) => {
    stages.set(`${request} ${version}`, stageOf(status));
    latest.set(request, stageOf(status));
  };

  /** The statements of one connection, in order. Gives the write that this statement makes lasting. */
  function connection() {
    let open = false;
    let change: Change | undefined;
    let note: string | undefined;
    return {
      statement(sql: string, parameters: readonly unknown[]): Write | undefined {
        const text = sql.toLowerCase().replaceAll('"', '').trimStart();
        if (/^(begin|start transaction)/.test(text)) {
          open = true;
          change = undefined;
          note = undefined;
        } else if (/^(commit|rollback)/.test(text)) {
          const isCommit = text.startsWith('commit');
          const stored = isCommit ? change : undefined;
          open = false;
          if (stored === undefined) {
            return isCommit && note !== undefined ? { label: `write ${note}`, request: 0, done: () => {} } : undefined;
          }
          const label = `write ${stored.fresh ? 'new request' : stored.status}`;
          return { label, request: stored.request, done: () => keep(stored) };
        } else if (open) {
          change ??= changeOf(text, parameters);
          note ??= noteOf(text, parameters);
        } else return drawingOf(text, parameters) ?? signOf(text, parameters);
        return undefined;
      },
    };
  }

  function drawingOf(text: string, parameters: readonly unknown[]): Write | undefined {
    if (!text.startsWith('update drawings set')) return undefined;
    const at = parameters.findIndex((value) => typeof value === 'string' && PLACE.test(value));
    const request = Number(parameters[at - 1]);
    const place = PLACE.exec(String(parameters[at]))?.[1];
    if (at < 1 || place === undefined) return undefined;
    const claims = text.includes('returning');
    const stage = claims ? latest.get(request) : stages.get(`${request} ${String(parameters[0])}`);
    const label = `write ${claims ? 'claim of' : 'drawn'} ${place}, ${stage ?? 'earlier'}`;
    return { label, request, done: () => {} };
  }

  return { connection };
}

/** A process says that it is alive. */
const signOf = (text: string, parameters: readonly unknown[]): Write | undefined =>
  text.startsWith('insert into counters') && parameters.includes('alive')
    ? { label: SIGN_OF_LIFE, request: 0, done: () => {} }
    : undefined;
export const SIGN_OF_LIFE = 'write sign of life';

const PLACE = /^(line|card|consent|reminder|outcome|warn|told)(?::\d+)?$/;

/** What is kept of no request: what was refused, a pause, the policy; and each step to newer tables. */
function noteOf(text: string, parameters: readonly unknown[]): string | undefined {
  if (text.startsWith('insert into schema_version')) return `tables of version ${String(parameters[0])}`;
  if (!text.startsWith('insert into audit ')) return undefined;
  return parameters.find((value): value is string => typeof value === 'string' && /^[a-z_]+$/.test(value));
}

function changeOf(text: string, parameters: readonly unknown[]): Change | undefined {
  const fresh = text.startsWith('insert into requests');
  if (!fresh && !text.startsWith('update requests')) return undefined;
  for (const value of parameters) {
    if (typeof value !== 'string' || !value.startsWith('{')) continue;
    const record: unknown = JSON.parse(value);
    if (typeof record !== 'object' || record === null || !('status' in record)) continue;
    const status = String(record.status);
    return {
      request: Number(Reflect.get(record, 'id')),
      version: Number(Reflect.get(record, 'version')),
      status,
      fresh,
    };
  }
  return undefined;
}
