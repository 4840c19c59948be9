import type { Anchor, AuditEntry } from '../core/request/entry.ts';
import type { Chain } from './audit-chain.ts';
import { entryOf, headOf, stubOf } from './audit-chain.ts';
import type { Prune } from './audit-prune.ts';
import { auditPruner } from './audit-prune.ts';
import type { Verdict } from './audit-verify.ts';
import { auditPage, verifyChain } from './audit-verify.ts';
import type { Database } from './database.ts';

export interface AuditRecord {
  readonly n: number;
  readonly hash: string;
  readonly entry: AuditEntry | undefined;
  readonly text: string;
}

/** The record of who did what. */
export interface Audit {
  verify(anchor?: Anchor): Promise<Verdict>;
  /** Up to `limit` entries from number `from` on; `entry` is undefined where its text cannot be read. */
  read(from: number, limit: number): Promise<readonly AuditRecord[]>;
  /** The last entry; number 0 where there is none. */
  head(): Promise<Anchor>;
  /** The last of those that were taken out. */
  stub(): Promise<Anchor | undefined>;
  readonly prune: Prune;
}

export function auditStore(database: Database, chain: Chain): Audit {
  return {
    verify: (anchor) => verifyChain(database, chain, anchor),
    async read(from, limit) {
      const rows = await database.read((db) => auditPage(db, from, limit));
      return rows.map(({ n, hash, text }) => ({ n, hash, text, entry: entryOf(text) }));
    },
    head: () => database.read(headOf),
    stub: () => database.read(stubOf),
    prune: auditPruner(database, chain),
  };
}
