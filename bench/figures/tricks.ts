import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import {
  type AssociateId,
  associateId,
  associateIdSchema,
  channelId,
  requestId,
  slackUserId,
} from '../../src/core/ids.ts';
import { evolve } from '../../src/core/request/evolve.ts';
import { type Request, requestSchema } from '../../src/core/request/request.ts';
import { associateIdsXml } from '../../src/netserver/associate-ids.ts';
import { slackFetch } from '../../src/slack/fetch.ts';
import { migrate } from '../../src/store/migrate.ts';
import { connect } from '../../src/store/open-store.ts';
import { fromRow, STORED, toRow } from '../../src/store/request-row.ts';
import { requestById } from '../../src/store/request-statements.ts';
import { openSqliteFile } from '../../src/store/sqlite-file.ts';
import { type Block, inTurn } from '../measure/blocks.ts';
import { type Figure, spreadFigure } from '../measure/figure.ts';
import { middleOf, ratioOf, valuesOf } from '../measure/ratio.ts';
import type { Plan } from '../plan.ts';
import { temporaryFolder } from '../process/programs.ts';

/** Each way that was chosen for its speed, beside the plain way to do the same, in this process. */
export async function tricks(plan: Plan): Promise<readonly Figure[]> {
  plan.tell('what was chosen for its speed, beside the plain way');
  const folder = temporaryFolder();
  try {
    return [
      await compare('a statement that is built once, CPU: of one that is built each time', await statements(), plan),
      await compare(
        '8 writers at a time that wait for the disk together, time: of one after the other',
        disk(folder.path),
        plan,
      ),
      await compare('reading a record again, CPU: of parsing and checking it', reading(), plan),
      await compare('1,000 ids as XML, CPU: with a schema for each', ids(), plan),
      await compare('a call of Slack’s, CPU: of the same by fetch', await slackCalls(), plan),
    ];
  } finally {
    folder.remove();
  }
}

interface Ways {
  readonly ours: Block;
  readonly plain: Block;
  end?(): void | Promise<void>;
}

async function compare(name: string, { ours, plain, end }: Ways, { rounds, random }: Plan): Promise<Figure> {
  const blocks = new Map([
    ['ours', ours],
    ['plain', plain],
  ]);
  await inTurn(blocks, Math.ceil(rounds / 4), random);
  const measured = await inTurn(blocks, rounds, random);
  await end?.();
  const micros = (way: string) => `${way} ${(middleOf(valuesOf(measured, way)).median * 1_000).toPrecision(3)}`;
  return spreadFigure(name, 'x', ratioOf(measured, 'ours', 'plain'), {
    note: `microseconds: ${micros('ours')}, ${micros('plain')}`,
  });
}

/** CPU milliseconds of each of so many calls, one after the other. */
const cpuOf =
  (times: number, work: () => unknown): Block =>
  async () => {
    const before = process.cpuUsage();
    for (let time = 0; time < times; time += 1) await work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000 / times;
  };

const START = 1_800_000_000_000;

/** A request as the command leaves it. */
function sample(id: number): Request {
  const requester = { slack: slackUserId('U0BOB'), team: 'T0HOME', name: 'Bob' };
  const person = { id: associateId(101), login: 'ANNA', fullName: 'Anna Olsen', groupId: 1, type: 'internal' as const };
  return evolve(undefined, {
    at: START,
    via: 'command',
    policyVersion: 'aaaaaaaaaaaa',
    request: requestId(id),
    version: 1,
    fact: {
      kind: 'opened',
      requester,
      origin: { via: 'command', channel: channelId('C0HELPDESK'), text: '101 reason: locked out' },
      targets: [{ ...person, retired: false, on: 'on' }],
      leftOut: [],
      reason: 'locked out',
      rule: 'leads',
      demand: { approvals: 1, approvers: ['leads'] },
      expiresAt: START + 1_800_000,
    },
  });
}

async function statements(): Promise<Ways> {
  const database = await connect('sqlite::memory:', false, () => {});
  await migrate(database, () => START);
  const id = 1;
  return {
    ours: cpuOf(2_000, () => database.read((db) => requestById(db, { id }))),
    plain: cpuOf(2_000, () =>
      database.read((db) => db.selectFrom('requests').select(STORED).where('id', '=', id).execute()),
    ),
    end: () => database.close(),
  };
}

/** Milliseconds for each of 8 writes that are asked for at once, each answered when it is on the disk. */
function disk(folder: string): Ways {
  const { database, disk, unlock } = openSqliteFile(join(folder, 'together.db'));
  const alone = new DatabaseSync(join(folder, 'alone.db'));
  for (const each of [alone, database]) each.exec('create table noted (at integer) strict');
  alone.exec('pragma journal_mode = wal; pragma synchronous = full');
  const blockOf =
    (write: () => unknown): Block =>
    async () => {
      const begun = performance.now();
      for (let time = 0; time < 20; time += 1) await Promise.all(Array.from({ length: 8 }, write));
      return (performance.now() - begun) / 160;
    };
  const [together, oneByOne] = [database, alone].map((each) => each.prepare('insert into noted values (1)'));
  return {
    ours: blockOf(() => {
      together?.run();
      return disk?.written();
    }),
    plain: blockOf(() => oneByOne?.run()),
    end() {
      disk?.close();
      database.close();
      alone.close();
      unlock?.();
    },
  };
}

function reading(): Ways {
  const row = toRow(sample(1));
  return {
    ours: cpuOf(2_000, () => fromRow(row)),
    plain: cpuOf(2_000, () => requestSchema.parse(JSON.parse(row.record))),
  };
}

function ids(): Ways {
  const some: readonly AssociateId[] = Array.from({ length: 1_000 }, (_, at) => associateId(at + 1));
  const schema = z.array(associateIdSchema);
  return {
    ours: cpuOf(100, () => associateIdsXml(some)),
    plain: cpuOf(100, () => associateIdsXml(schema.parse(some))),
  };
}

/** The server is in this process as well, and costs the same in both. */
async function slackCalls(): Promise<Ways> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{"ok":true}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/api/chat.update`;
  const call = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"a line"}' };
  return {
    ours: cpuOf(100, async () => (await slackFetch(url, call)).text()),
    plain: cpuOf(100, async () => (await fetch(url, { ...call, signal: AbortSignal.timeout(10_000) })).text()),
    end() {
      server.closeAllConnections();
      server.close();
    },
  };
}
