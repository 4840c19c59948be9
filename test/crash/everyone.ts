import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { requestId } from '../../src/core/ids.ts';
import { isOpen, type Request } from '../../src/core/request/request.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { APPROVALS, HELPDESK } from '../e2e/cast.ts';
import { HASTY, openSite, type Site } from '../replicas/site.ts';
import { EVERYBODY, EVERYONE_MAY, type Known, truthAboutEveryone, WHAT_CAME } from './everyone-truth.ts';
import { openGate } from './gate.ts';
import type { Row } from './table.ts';
import { type Moment, readTrap, writeTrap } from './writes.ts';

/**
 * Deaths while everyone is to be logged off at a time: announced, looked at again, sent, looked after. Each is a life of its
 * own on one set of records; whoever is logged on is in all of them, so one must be over before the next.
 */
interface Death {
  readonly label: string;
  readonly when: Moment;
  /** Only once it is announced: what is done twice dies the second time. */
  readonly late?: true;
  readonly expected: (typeof WHAT_CAME)[keyof typeof WHAT_CAME];
}

const both = (label: string, expected: Death['expected'], late?: true): readonly Death[] =>
  (['before', 'after'] as const).map((when) => ({ label, when, expected, ...(late === undefined ? {} : { late }) }));

const { sent, answerLost, notSent, notApproved, askedAgain } = WHAT_CAME;
export const DEATHS: readonly Death[] = [
  { label: 'write new request', when: 'before', expected: askedAgain },
  { label: 'write new request', when: 'after', expected: notApproved },
  { label: 'write approved', when: 'before', expected: notApproved },
  { label: 'write approved', when: 'after', expected: sent },
  ...both('write warning', sent),
  ...both('post of the notice', sent),
  ...both('post of the warning', sent),
  ...both('write warning', sent, true),
  { label: 'write dispatching', when: 'before', expected: sent },
  { label: 'write dispatching', when: 'after', expected: notSent },
  { label: 'LogOffWindowsUsers', when: 'before', expected: notSent },
  { label: 'LogOffWindowsUsers', when: 'after', expected: answerLost },
  { label: 'write verifying', when: 'before', expected: answerLost },
  { label: 'write verifying', when: 'after', expected: sent },
  ...both('write done', sent),
  ...both('post of what came out', sent),
];

/**
 * Where other processes may run, a dead one's claim on a message lasts a minute, which is more than such a life has before the
 * time: those are told in test/workflows/crash-everyone.test.ts, where time is moved.
 */
export const outlivesClaims = ({ label }: Death): boolean => !/^post of the (?:notice|warning)$/.test(label);

const PRELOAD = new URL('./preload.ts', import.meta.url).href;
/** So long before everyone is logged off it is asked for: time enough to approve. */
const COMMAND = '/logoff everyone in 8s reason: upgrade';
const NEVER_REACHED = 'this point was never reached';
const LIFE_LIMIT = 25_000;
/** A dead process's lease and claims last up to a minute where other processes may run. */
const OVER_WITHIN = 120_000;

/** Goes through these deaths on one engine. */
export async function everyoneRows(
  engine: string,
  database: string,
  deaths: readonly Death[],
): Promise<readonly Row[]> {
  const lane = await openLane(database);
  try {
    const rows: Row[] = [];
    for (const [at, death] of deaths.entries()) {
      const first = await lane.die(death);
      // A machine that is busy with other things may be too slow to approve in time.
      const row = first.seen === NEVER_REACHED ? await lane.die(death) : first;
      rows.push({ ...row, at, engine: `${engine}, everyone` });
    }
    const audit = await lane.store.audit.verify();
    const seen = audit.ok ? 'whole' : `${audit.damage} at entry ${audit.n}`;
    const last = { at: deaths.length, engine: `${engine}, everyone`, point: 'the audit trail after all of it' };
    return [...rows, { ...last, expected: 'whole', seen, ok: audit.ok }];
  } finally {
    await lane.close();
  }
}

/** What a message is, among those that everyone is told. */
function postOf(body: string): string | undefined {
  const given = new URLSearchParams(body);
  const text = given.get('text') ?? '';
  if (given.get('channel') === 'D0ANNA') return text.includes('will be logged off') ? 'post of the warning' : undefined;
  if (given.get('channel') !== HELPDESK) return undefined;
  if (text.includes('everyone who is logged on')) return 'post of the notice';
  return text.includes('left') ? 'post of what came out' : undefined;
}

async function openLane(database: string) {
  const changes = [...HASTY, ...EVERYONE_MAY];
  const site: Site = await openSite({ mode: 'socket', database, changes, many: 2 });
  const { slack, netserver, folder } = site;
  const files = { trap: join(folder, 'trap'), trail: join(folder, 'trail') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  let bot: BotProcess | undefined;
  const strike = () => void bot?.kill();
  const hear = (label: string | undefined) => {
    const trap = readTrap(readFileSync(files.trap, 'utf8'));
    return label !== undefined && trap?.label === label ? trap.when : undefined;
  };
  const slackGate = await openGate(
    slack.apiUrl,
    ({ path, body }) => hear(path.endsWith('/chat.postMessage') ? postOf(body) : undefined),
    strike,
  );
  const soapGate = await openGate(
    netserver.url,
    ({ headers }) => hear(/(LogOffWindowsUsers)"?$/.exec(String(headers['soapaction'] ?? ''))?.[1]),
    strike,
  );
  site.revise([`url: ${netserver.url}`, `url: ${soapGate.origin}`]);
  const isAlive = () => slack.sockets.open() > 0;
  const set = (death: Death | undefined, request: number) =>
    writeFileSync(files.trap, death === undefined ? '' : writeTrap({ ...death, request }));

  async function revive(): Promise<void> {
    if (isAlive()) return;
    await bot?.kill();
    set(undefined, 0);
    bot = await site.start({
      SLACK_API_URL: `${slackGate.origin}/api/`,
      NODE_OPTIONS: `--import ${PRELOAD}`,
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
      CRASH_TRAP: files.trap,
      CRASH_TRAIL: files.trail,
    });
    await slack.until(isAlive, { within: 15_000, what: 'a connection' });
  }
  const store: Store = await revive().then(() =>
    openStore({
      url: database.startsWith('sqlite:') ? `sqlite:${join(folder, database.slice('sqlite:'.length))}` : database,
      now: Date.now,
      access: 'read',
    }),
  );
  let next = 1;

  const shown = (channel: string, words: RegExp) =>
    slack.workspace
      .messages(channel)
      .findLast(
        ({ text, visibleTo }) => visibleTo === undefined && text.startsWith(`Request ${next}: `) && words.test(text),
      );

  /** Alice asks, Ola approves; gives whether the process died. */
  async function live(death?: Death): Promise<boolean> {
    for (const id of EVERYBODY) netserver.logOn(id);
    set(death?.late === true ? undefined : death, next);
    const gone = () => !isAlive();
    const see = <T>(look: () => T | undefined | false, within = LIFE_LIMIT) =>
      slack.until(() => gone() || look(), { within, what: 'a part of a life' }).catch(() => undefined);
    await slack.as('U0ALICE').say(HELPDESK, COMMAND);
    await see(() => shown(APPROVALS, /approval needed/));
    const card = shown(APPROVALS, /approval needed/);
    const ola = slack.as('U0OLA');
    if (card === undefined || gone()) return gone();
    // One that a process left behind in a crash is still open.
    const before = new Set(ola.modals().map(({ view }) => view));
    const opened = () => ola.modals().find(({ view, submit }) => !before.has(view) && submit !== undefined);
    await ola.click(card, 'Approve');
    await see(opened, 5_000);
    const modal = opened();
    if (modal !== undefined) await ola.submit(modal);
    await see(() => shown(HELPDESK, /everyone who is logged on to the/) && shown('D0ANNA', /will be logged off/));
    if (death?.late === true && !gone()) set(death, next);
    await see(() => shown(HELPDESK, /left/) && shown(APPROVALS, /left/));
    // What is written after the last message.
    if (!gone()) await wait(500);
    set(undefined, 0);
    return gone();
  }

  /** Until nothing is to be done for it any more. */
  async function over(): Promise<Request | undefined> {
    const until = performance.now() + OVER_WITHIN;
    for (;;) {
      const request = await store.requests.read(requestId(next));
      const behind = (await store.drawings.stale(Number.MAX_SAFE_INTEGER, 10)).length;
      if (request !== undefined && !isOpen(request) && behind === 0) return request;
      if (performance.now() > until) return request;
      await wait(200);
    }
  }

  return {
    store,
    async die(death: Death): Promise<Omit<Row, 'at' | 'engine'>> {
      const row = {
        point: `${death.when} ${death.label}${death.late === true ? ', again' : ''}`,
        expected: death.expected,
      };
      await revive();
      while ((await store.requests.read(requestId(next))) !== undefined) next += 1;
      const calls = netserver.calls('LogOffWindowsUsers').length;
      const died = await live(death);
      await revive();
      const recorded = (await store.requests.read(requestId(next))) !== undefined;
      if (!recorded) await live();
      const request = await over();
      if (!died) return { ...row, seen: NEVER_REACHED, ok: false };
      if (request === undefined) return { ...row, seen: 'the request is lost', ok: false };
      const known: Known = { slack, netserver, store, calls, recorded };
      const { ok, seen } = await truthAboutEveryone(request, known);
      return { ...row, seen, ok: ok && seen === death.expected };
    },
    async close() {
      await store.close();
      await site.close();
      await slackGate.close();
      await soapGate.close();
    },
  };
}
