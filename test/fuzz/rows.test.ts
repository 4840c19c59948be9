import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { SOON } from '../e2e/cast.ts';
import { raiseTown } from '../e2e/raise-town.ts';
import { openTown } from '../e2e/town.ts';
import { mutated } from './mutate.ts';
import { bounded } from './nasty.ts';

const MINUTE = 60_000;
/** Made by earlier versions of this program: a dump of their records in the middle of their work. */
const EARLIER = ['schema-1', 'schema-5'] as const;
const dump = (name: (typeof EARLIER)[number]) =>
  readFileSync(new URL(`corpus/rows/${name}.sql`, import.meta.url), 'utf8');

/** Records in a folder of their own; `change` is what somebody did to them meanwhile. */
function records(name: (typeof EARLIER)[number], change: (db: DatabaseSync) => void = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-rows-'));
  const file = join(folder, 'logoff.db');
  const db = new DatabaseSync(file);
  db.exec(dump(name));
  change(db);
  db.close();
  return { url: `sqlite:${file}`, remove: () => rmSync(folder, { recursive: true }) };
}

/** Slack's messages of then are not in the Slack of now. */
const GONE = 'chat.update message_not_found';

it.each(EARLIER)(
  'records of %s go on where they stood: what was approved is done, what waits can be cancelled',
  async (name) => {
    const { url, remove } = records(name);
    onTestFinished(remove);
    const { clock, alice, bob, card, calls, log, provoked } = await openTown('http', {
      database: url,
      settings: [SOON],
    });
    provoked(GONE);
    await clock.advance(MINUTE);
    expect(calls()).toEqual([[102]]);
    await bob.say('/logoff cancel 7');
    expect(card(7).text).toContain('cancelled by @Bob Berg');
    await bob.say('/logoff 105');
    await alice.click(card(10), 'Approve');
    await clock.advance(MINUTE);
    expect(calls()).toEqual([[102], [105]]);
    await alice.say('/logoff history');
    expect(alice.told()).toContain('Request 9');
    expect(log.filter((entry) => /bad_row|record_differs|surprise/.test(entry))).toEqual([]);
  },
);

it('a record that somebody changed is never acted on, ends nothing, and holds up no other one', async () => {
  const approved = 8;
  const original: unknown = JSON.parse(recordOf('schema-5', approved));
  await fc.assert(
    fc.asyncProperty(mutated(original), async (changed) => {
      const text = JSON.stringify(changed) ?? 'null';
      const { url, remove } = records('schema-5', (db) => {
        db.prepare('update requests set record = ? where id = ?').run(text, approved);
      });
      const town = await raiseTown('http', { database: url, settings: [SOON] });
      try {
        await town.clock.advance(MINUTE);
        const same = isDeepStrictEqual(JSON.parse(text), original);
        expect(town.calls(), text).toEqual(same ? [[102]] : []);
        await town.bob.say('/logoff 104');
        await town.alice.click(town.card(10), 'Approve');
        await town.clock.advance(MINUTE);
        expect(town.calls().at(-1), text).toEqual([104]);
      } finally {
        await town.close();
        remove();
      }
    }),
    bounded(5),
  );
});

function recordOf(name: (typeof EARLIER)[number], id: number): string {
  const db = new DatabaseSync(':memory:');
  db.exec(dump(name));
  const row = db.prepare('select record from requests where id = ?').get(id);
  db.close();
  return String(row?.['record']);
}
