import { setTimeout as wait } from 'node:timers/promises';
import { requestId } from '../../src/core/ids.ts';
import { isOpen, type Request } from '../../src/core/request/request.ts';
import { HELPDESK } from '../e2e/cast.ts';
import { missingServer, postgresWorld } from '../store/postgres-world.ts';
import { DEATHS, everyoneRows, outlivesClaims } from './everyone.ts';
import { type Lane, openLane, trapAt } from './lane.ts';
import { LIVES } from './lives.ts';
import { type Point, pointsOf } from './points.ts';
import { EVERY_OF_EVERYONE, MUST_OF_EVERYONE, missingOf, quickShare } from './quick.ts';
import { type Death, dieAtStarts, startRows } from './starts.ts';
import { printTable, type Row } from './table.ts';
import { copiesOf, truthAbout } from './truth.ts';

/** A dead process's claim on a drawing lasts a minute where other processes may run, and nothing is drawn before. */
const HEALED_WITHIN = 180_000;
/** How long people wait for the message with the buttons before they look for it again. */
const ASK_AGAIN = 20_000;
const FIRST_PERSON = 1001;

type Share = (points: readonly Point[]) => readonly Point[];

interface Story {
  readonly point: Point;
  readonly person: number;
  readonly request: number;
  readonly died: boolean;
  readonly recorded: boolean;
}

/** Lives and deaths, one after the other, on one set of records; each process first heals what the one before left. */
async function tell(lane: Lane, points: readonly Point[], firstPerson: number): Promise<readonly Story[]> {
  const stories: Story[] = [];
  let person = firstPerson;
  const once = async (point: Point): Promise<Story> => {
    await lane.revive();
    await endPause(lane);
    // A look-up does not tell for whom it is: nobody else's may be under way, and none be remembered.
    if (!point.bound) {
      await calm(lane);
      await lane.revive(true);
    }
    const request = await lane.next();
    person += 1;
    const died = await lane.live(point.life, person, trapAt(point, request));
    await lane.revive();
    const recorded = (await lane.store.requests.read(requestId(request))) !== undefined;
    if (!recorded) await lane.live(point.life, person);
    return { point, person, request, died, recorded };
  };
  for (const point of points) {
    const story = await once(point);
    stories.push(story.died ? story : await once(point));
  }
  return stories;
}

/** Somebody ends a pause whose end was lost in a crash. */
async function endPause({ site: { slack }, store }: Lane): Promise<void> {
  while ((await store.pauses.current()) !== undefined) {
    await slack.as('U0ALICE').say(HELPDESK, '/logoff resume');
    await wait(300);
  }
}

/** Waits until nothing is under way but what people must do. */
async function calm({ store }: Lane): Promise<void> {
  for (let look = 0; look < 400; look += 1) {
    const open = await store.requests.listOpen(1_000);
    if (open.every(({ status }) => status.startsWith('awaiting_'))) return;
    await wait(100);
  }
}

/** Whether everything that shows a request shows how it ended. */
async function isDrawn({ store }: Lane, request: Request): Promise<boolean> {
  const places = ['line', 'card', 'outcome'] as const;
  const drawn = await Promise.all(places.map((place) => store.drawings.read(request.id, place)));
  if (drawn.some((drawing) => drawing !== undefined && drawing.version < request.version)) return false;
  return !(await store.drawings.stale(Number.MAX_SAFE_INTEGER, 100_000)).includes(request.id);
}

/** People do again what nobody answered, until everything is ended and drawn. */
async function heal(lane: Lane, stories: readonly Story[]): Promise<void> {
  const { store } = lane;
  const until = performance.now() + HEALED_WITHIN;
  const asked = new Map<number, { readonly version: number; readonly at: number }>();
  let left = stories;
  while (left.length > 0 && performance.now() < until) {
    const still: Story[] = [];
    await endPause(lane);
    for (const story of left) {
      const request = await store.requests.read(requestId(story.request));
      if (request === undefined) continue;
      if (!isOpen(request) && (await isDrawn(lane, request))) continue;
      still.push(story);
      if (!request.status.startsWith('awaiting_')) continue;
      const last = asked.get(story.request);
      if (last?.version === request.version && performance.now() - last.at < ASK_AGAIN) continue;
      asked.set(story.request, { version: request.version, at: performance.now() });
      // Not before the messages with the buttons are there.
      const { see, ...hands } = lane.hands(story.person, story.request);
      await story.point.life.decide({ ...hands, see: (look) => see(look, 5_000) });
    }
    left = still;
    await wait(250);
  }
}

const nameOf = ({ life, when, label }: Point): string => `${life.name}: ${when} ${label}`;

async function judge(engine: string, lane: Lane, story: Story): Promise<Row> {
  const { point, person } = story;
  const row = {
    at: point.at,
    engine,
    point: nameOf(point),
    expected: point.expected.join(' | '),
  };
  if (!story.died && point.optional) return { ...row, seen: 'did not happen this time', ok: true };
  if (!story.died) return { ...row, seen: 'this point was never reached', ok: false };
  const id = requestId(story.request);
  const request = await lane.store.requests.read(id);
  if (request === undefined) return { ...row, seen: 'the request is lost', ok: false };
  const around = { ...lane.site, store: lane.store };
  const verdict = await truthAbout(request, person, around);
  const copies = await copiesOf(id, around);
  if (copies !== undefined) return { ...row, seen: copies, ok: false };
  if (!verdict.ok) return { ...row, seen: verdict.seen, ok: false };
  const seen = story.recorded ? verdict.seen : 'not recorded, asked again';
  return { ...row, seen, ok: point.expected.includes(seen) };
}

/** What must not outlive this run where it is broken off. */
const opened = new Set<Lane>();
const closeAll = () => Promise.allSettled([...opened].map((lane) => lane.close()));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void closeAll().then(() => process.exit(1)));
}

/** Lives each life once undisturbed, and gives both sides of everything that happened in it for the first time. */
async function allPoints(lane: Lane, first: number): Promise<readonly Point[]> {
  const points: Point[] = [];
  const known = new Set<string>();
  lane.trail();
  for (const [index, life] of LIVES.entries()) {
    await calm(lane);
    await lane.revive(true);
    lane.trail();
    if (await lane.live(life, FIRST_PERSON + index)) throw new Error(`the process died in a life without a trap`);
    const trail = lane.trail();
    points.push(...pointsOf(life, trail, known, first + 1_000 * index));
    for (const { label } of trail) known.add(label);
  }
  return points;
}

/** All that one set of records goes through. `shareOf` chooses its part of the points; the first also dies at its starts. */
async function runLane(engine: string, database: string, withStarts: boolean, shareOf: Share): Promise<readonly Row[]> {
  let deaths: readonly Death[] = [];
  const lane = await openLane(database, 600, async (die) => {
    if (withStarts) deaths = await dieAtStarts(die);
  });
  opened.add(lane);
  try {
    const starts = await startRows(engine, deaths, lane.store);
    const all = await allPoints(lane, 1_000);
    const points = shareOf(all).toSorted((a, b) => Number(a.bound) - Number(b.bound));
    const stories = await tell(lane, points, FIRST_PERSON + LIVES.length);
    await lane.revive();
    await heal(lane, stories);
    const rows: Row[] = [...starts, ...rowsOfMissing(engine, all)];
    for (const story of stories) rows.push(await judge(engine, lane, story));
    const audit = await lane.store.audit.verify();
    const seen = audit.ok ? 'whole' : `${audit.damage} at entry ${audit.n}`;
    const at = Number.POSITIVE_INFINITY;
    return [...rows, { at, engine, point: 'the audit trail after all of it', expected: 'whole', seen, ok: audit.ok }];
  } finally {
    opened.delete(lane);
    await lane.close();
  }
}

/** The short run is worth nothing without these, whatever they are called by now. */
function rowsOfMissing(engine: string, points: readonly Point[]): readonly Row[] {
  if (!quick || only !== '') return [];
  const row = { at: 0, engine, expected: 'a point of the short run', seen: 'there is no such point', ok: false };
  return missingOf(points).map((point) => ({ ...row, point }));
}

async function onPostgres<T>(work: (url: string) => Promise<T>): Promise<T> {
  const world = await postgresWorld();
  try {
    return await work(world.url);
  } finally {
    await world.drop();
  }
}

const postgresLane = (...[withStarts, shareOf]: [boolean, Share]): Promise<readonly Row[]> =>
  onPostgres((url) => runLane('PostgreSQL', url, withStarts, shareOf));

const quick = process.argv.includes('--quick');
/**
 * On PostgreSQL most of the time is waiting for the leases of the dead: the short run, which is of deaths around the call, waits
 * for several at a time.
 */
const LANES = quick ? { SQLite: 1, PostgreSQL: 3 } : { SQLite: 2, PostgreSQL: 2 };
type Engine = keyof typeof LANES;
/** `--only=TEXT` takes the points that hold it, to look at some of them closely. */
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length) ?? '';
const mine =
  (engine: Engine, lane: number): Share =>
  (points) => {
    const some = (quick ? quickShare(points) : points).filter((_, at) => at % LANES[engine] === lane);
    return some.filter((point) => nameOf(point).includes(only));
  };
const missing = await missingServer();
if (missing !== undefined) process.stdout.write(`Crashes on PostgreSQL: ${missing}\n`);
const started = performance.now();
const numbers = (engine: Engine) => Array.from({ length: LANES[engine] }, (_, lane) => lane);
const lanes = [
  ...numbers('SQLite').map((lane) => runLane('SQLite', 'sqlite:logoff.db', lane === 0, mine('SQLite', lane))),
  ...(missing === undefined
    ? numbers('PostgreSQL').map((lane) => postgresLane(lane === 0, mine('PostgreSQL', lane)))
    : []),
];
/** Most of a life in which everyone is to be logged off is waiting, so these go on beside the others. */
const some = (deaths: typeof DEATHS) => (quick ? quickShare(deaths, MUST_OF_EVERYONE, EVERY_OF_EVERYONE) : deaths);
const everyoneLanes = [
  () => everyoneRows('SQLite', 'sqlite:logoff.db', some(DEATHS)),
  ...(missing === undefined
    ? [() => onPostgres((url) => everyoneRows('PostgreSQL', url, some(DEATHS.filter(outlivesClaims))))]
    : []),
];
const everyone = only === '' ? everyoneLanes.map((lane) => lane()) : [];
const ends = await Promise.allSettled([...lanes, ...everyone]);
const rows = ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
const broken = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
process.stdout.write(printTable(rows));
for (const why of broken) process.stdout.write(`! a set of records could not be gone through: ${why}\n`);
const differing = rows.filter(({ ok }) => !ok).length;
const seconds = Math.round((performance.now() - started) / 1_000);
process.stdout.write(`\n${rows.length} crash points in ${seconds} s, ${differing} came out differently\n`);
await closeAll();
process.exitCode = differing + broken.length === 0 ? 0 : 1;
