import { describe } from 'vitest';
import { auditContract } from '../store/audit.contract.ts';
import { drawingsContract } from '../store/drawings.contract.ts';
import { openingContract } from '../store/opening.contract.ts';
import { requestsContract } from '../store/requests.contract.ts';
import { retentionContract } from '../store/retention.contract.ts';
import { rulesContract } from '../store/rules.contract.ts';
import type { StoreWorld } from '../store/store-world.ts';
import { takenContract } from '../store/taken.contract.ts';

/** What holds of the records on every engine. `makeWorld` gives a fresh, empty database. */
export function storeContract(engine: string, makeWorld: () => Promise<StoreWorld>): void {
  describe(`records on ${engine}`, () => {
    requestsContract(makeWorld);
    rulesContract(makeWorld);
    takenContract(makeWorld);
    auditContract(makeWorld);
    retentionContract(makeWorld);
    drawingsContract(makeWorld);
    openingContract(makeWorld);
  });
}
