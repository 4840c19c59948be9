import { SCHEMA_VERSION } from '../../src/store/migrate.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { DieAtStart } from './lane.ts';
import type { Row } from './table.ts';
import { type Moment, SIGN_OF_LIFE } from './writes.ts';

/** What the first start writes, in order: the tables step by step, the rules in force, that it is alive. */
const STEPS: readonly string[] = [
  ...Array.from({ length: SCHEMA_VERSION }, (_, at) => `write tables of version ${at + 1}`),
  'write policy_activated',
  SIGN_OF_LIFE,
];

export interface Death {
  readonly label: string;
  readonly when: Moment;
  readonly died: boolean;
}

/** Kills start after start at each of its writes, each going on where the one before was stopped. */
export async function dieAtStarts(die: DieAtStart): Promise<readonly Death[]> {
  const deaths: Death[] = [];
  for (const label of STEPS) {
    for (const when of ['before', 'after'] as const) {
      deaths.push({ label, when, died: await die({ label, when, request: 0 }) });
    }
  }
  return deaths;
}

/** Whether the start after all of these found whole records: each step done once, and the rules in force. */
export async function startRows(engine: string, deaths: readonly Death[], store: Store): Promise<readonly Row[]> {
  const kinds = (await store.audit.read(1, 10)).map(({ entry }) =>
    entry !== undefined && 'note' in entry ? entry.note.kind : 'none',
  );
  const activated = kinds.filter((kind) => kind === 'policy_activated').length;
  const well = activated === 1 && (await store.policies.active()) !== undefined;
  const found = well ? 'goes on at the next start' : `the rules were put in force ${activated} times`;
  return deaths.map(({ label, when, died }, at) => ({
    at,
    engine,
    point: `${when} ${label}`,
    expected: 'goes on at the next start',
    seen: died ? found : 'this point was never reached',
    ok: died && well,
  }));
}
