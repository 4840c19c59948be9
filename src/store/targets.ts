import type { Request } from '../core/request/request.ts';
import { isOpen } from '../core/request/request.ts';
import { prepared } from './prepared.ts';
import type { Tx } from './tables.ts';

/** Rows of one statement; SQLite takes at most 32,766 values in one. */
const CHUNK = 1_000;

/** Keeps who a request is about in step with its record. People who left it stay as not open: they were asked for. */
export async function syncTargets(tx: Tx, request: Request): Promise<void> {
  if (!isOpen(request)) return void (await closeAll(tx, { request: request.id }));
  const { rows } = await openOnes(tx, { request: request.id });
  const stored = new Set(rows.map(({ associate }) => associate));
  const wanted = new Set<number>(request.targets.map(({ id }) => id));
  await closeTargets(
    tx,
    request.id,
    [...stored].filter((id) => !wanted.has(id)),
  );
  await openTargets(
    tx,
    request.id,
    [...wanted].filter((id) => !stored.has(id)),
  );
}

const openOnes = prepared({ request: 'number' }, (db, { request }) =>
  db.selectFrom('request_targets').select('associate').where('request', '=', request).where('open', '=', 1),
);

const closeAll = prepared({ request: 'number' }, (db, { request }) =>
  db.updateTable('request_targets').set({ open: 0 }).where('request', '=', request).where('open', '=', 1),
);

async function closeTargets(tx: Tx, request: number, only: readonly number[]): Promise<void> {
  if (only.length === 0) return;
  await tx
    .updateTable('request_targets')
    .set({ open: 0 })
    .where('request', '=', request)
    .where('open', '=', 1)
    .where('associate', 'in', only)
    .execute();
}

const openOne = prepared({ request: 'number', associate: 'number' }, (db, { request, associate }) =>
  db
    .insertInto('request_targets')
    .values({ request, associate, open: 1 })
    .onConflict((conflict) => conflict.columns(['request', 'associate']).doUpdateSet({ open: 1 })),
);

async function openTargets(tx: Tx, request: number, associates: readonly number[]): Promise<void> {
  const [only, ...others] = associates;
  if (only !== undefined && others.length === 0) return void (await openOne(tx, { request, associate: only }));
  for (let from = 0; from < associates.length; from += CHUNK) {
    const rows = associates.slice(from, from + CHUNK).map((associate) => ({ request, associate, open: 1 as const }));
    await tx
      .insertInto('request_targets')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['request', 'associate']).doUpdateSet({ open: 1 }))
      .execute();
  }
}
