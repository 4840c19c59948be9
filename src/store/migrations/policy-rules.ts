import { sql } from 'kysely';
import type { Tx } from '../tables.ts';

/** Keeps the active rules beside their version, so that the next ones can be compared with them; finds what was refused of late. */
export async function policyRules(tx: Tx): Promise<void> {
  await sql.raw('alter table policy add column rules text').execute(tx);
  await sql.raw(`create index audit_refused on audit (n) where kind = 'command_refused'`).execute(tx);
}
