import { inspectRecords, type RecordsInspection } from '../../store/inspect.ts';
import { type Finding, type Line, ok, toCheck, wrong } from './finding.ts';
import type { Tools } from './tools.ts';

const MEGABYTE = 1024 * 1024;
/** Enough for many thousand requests, and for the log that is written before a file is. */
const LEAST_FREE = 200 * MEGABYTE;

/** Said as long as there is time: a record that was begun without a key can be given none. */
const NO_KEY = toCheck(
  'AUDIT_KEY is not set, and after the first start it cannot be added: who can write to the database could then write another audit record that fits',
  'Set it now to a long random text, and keep a copy elsewhere (docs/audit.md).',
);

/** The database, without making a table or bringing one up to date; a bot may be running on it. */
export async function examineRecords({ examine, configuration, clocks }: Tools): Promise<readonly Line[]> {
  const { databaseUrl, auditKey } = configuration.environment;
  return await examine('database', async () => {
    const found = await inspectRecords({ url: databaseUrl.reveal(), auditKey: auditKey?.reveal() });
    if (found.now !== undefined) clocks.hear('database', found.now);
    return describe(found, auditKey !== undefined);
  });
}

function describe(found: RecordsInspection, isKeyed: boolean): readonly Finding[] {
  const { server, where, notWritable, free, schema, needed } = found;
  const at = `${server}, ${where}`;
  if (where === 'in memory') return [toCheck(at, 'Everything is forgotten at a stop: set DATABASE_URL.')];
  if (notWritable !== undefined) return [wrong(`${at}: ${notWritable}`, 'Correct the rights, or DATABASE_URL.')];
  if (schema !== undefined && schema > needed) {
    const say = `${at}: its tables have version ${schema}, this program knows ${needed}`;
    return [wrong(say, 'Start the newer version of this program, or restore the backup from before it.')];
  }
  const room =
    free !== undefined && free < LEAST_FREE
      ? [
          toCheck(
            `only ${Math.floor(free / MEGABYTE)} MB are free on the disk of ${where}`,
            'Make room: nothing is sent that cannot be recorded.',
          ),
        ]
      : [];
  const keyed = isKeyed ? 'with AUDIT_KEY' : 'without AUDIT_KEY';
  const key = isKeyed || found.begun ? [] : [NO_KEY];
  return [ok(`${at}: ${tables(schema, needed)}, audit record ${keyed}`), ...key, ...room];
}

function tables(schema: number | undefined, needed: number): string {
  if (schema === undefined) return 'no tables yet; the first start makes them';
  if (schema < needed)
    return `tables of version ${schema}; the next start brings them to ${needed} (back them up before)`;
  return `tables of version ${schema}`;
}
