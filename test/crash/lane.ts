import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { requestId } from '../../src/core/ids.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { APPROVALS, HELPDESK } from '../e2e/cast.ts';
import { HASTY, openSite, type Site } from '../replicas/site.ts';
import { type Call, slackCall, soapCalls } from './calls.ts';
import { openGate } from './gate.ts';
import { type Hands, type Life, shown } from './lives.ts';
import type { Point } from './points.ts';
import { readTrap, type Trap, writeTrap } from './writes.ts';

const PRELOAD = new URL('./preload.ts', import.meta.url).href;
/** Far longer than anything takes, also on a machine that has much else to do. */
const LIFE_LIMIT = 60_000;

const LEADS = '    targets: any\n    approvals: 1\n    approvers: crm-leads\n    warn: 0s\n';
/** Each kind of life has a rule: leads warn; Anna confirms, and asks the one concerned. */
const RULES = [
  ['may_see:', '  careful: { users: [U0ANNA] }\nmay_see:'],
  [
    LEADS,
    `${LEADS.replace('0s', '1s')}  - name: careful\n    who: careful\n${LEADS}    confirm_above: 0\n    consent: true\n`,
  ],
] as const;

/** One set of records with a Slack and a SuperOffice around it, on which process after process lives and dies. */
export interface Lane {
  readonly site: Site;
  readonly store: Store;
  /** Starts a process where none runs; `fresh` ends one that does. */
  revive(fresh?: boolean): Promise<void>;
  /** Lives this life for a person. True where the process died on the way, at the trap. */
  live(life: Life, person: number, trap?: Trap): Promise<boolean>;
  /** Every write and call since the last time this was asked, in order. */
  trail(): readonly Call[];
  /** The number of the next request. */
  next(): Promise<number>;
  /** Whoever has a hand in a request; what they wait for ends with the process. */
  hands(person: number, request: number): Hands;
  close(): Promise<void>;
}

/** Starts a process that is to die at this trap; true where it did. */
export type DieAtStart = (trap: Trap) => Promise<boolean>;

/** Opens the records and has `first` start processes that die before anything else happens on them. */
export async function openLane(
  database: string,
  people: number,
  first: (die: DieAtStart) => Promise<void> = async () => {},
): Promise<Lane> {
  const site = await openSite({
    mode: 'socket',
    database,
    many: people,
    inSlack: true,
    changes: [...HASTY, ...RULES],
  });
  const { slack, netserver, folder } = site;
  const files = { trap: join(folder, 'trap'), trail: join(folder, 'trail') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const soap = soapCalls();
  let bot: BotProcess | undefined;
  let store: Store | undefined;
  let number = 1;
  let read = 0;

  const strike = () => void bot?.kill();
  const isAlive = () => slack.sockets.open() > 0;
  const set = (trap: Trap | undefined) => writeFileSync(files.trap, trap === undefined ? '' : writeTrap(trap));
  const hear = (call: Call | undefined) => {
    if (call === undefined) return undefined;
    writeFileSync(files.trail, `${call.request}\t${call.label}\n`, { flag: 'a' });
    const trap = readTrap(readFileSync(files.trap, 'utf8'));
    return trap?.label === call.label && (call.request === 0 || trap.request === call.request) ? trap.when : undefined;
  };
  const slackGate = await openGate(slack.apiUrl, (call) => hear(slackCall(call)), strike);
  const soapGate = await openGate(netserver.url, (call) => hear(soap.call(call)), strike);
  site.revise([`url: ${netserver.url}`, `url: ${soapGate.origin}`]);
  // Answers go by addresses of Slack's own, past the gate.
  slack.onEvent((event) => {
    if (event.type !== 'call' || event.call.method !== 'response_url') return;
    if (event.call.status === 0) strike();
    else hear({ label: 'answer to a click', request: 0 });
  });

  const start = async () => {
    soap.next('');
    slack.faults.clear();
    bot = await site.start({
      SLACK_API_URL: `${slackGate.origin}/api/`,
      NODE_OPTIONS: `--import ${PRELOAD}`,
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
      CRASH_TRAP: files.trap,
      CRASH_TRAIL: files.trail,
    });
    return bot;
  };
  const dieAtStart: DieAtStart = async (trap) => {
    set(trap);
    const started = await start().catch(() => undefined);
    if (started === undefined) return true;
    const died = await Promise.race([started.ended.then(() => true), wait(10_000, false)]);
    if (!died) await started.kill();
    return died;
  };

  const lane: Omit<Lane, 'store'> = {
    site,
    async revive(fresh = false) {
      if (isAlive() && !fresh) return;
      await bot?.kill();
      set(undefined);
      const started = await start();
      const looked = () => started.lines.some((line) => /"msg":"(?:directory_read|netserver_away)"/.test(line));
      await slack.until(looked, { within: LIFE_LIMIT, what: 'the first look at NetServer' });
    },
    async live(life, person, trap) {
      const request = await lane.next();
      const hands = lane.hands(person, request);
      set(trap);
      if (trap?.label === 'answer to a click') {
        const after = { kind: 'reset', when: 'after the effect' } as const;
        slack.faults.next('response_url', trap.when === 'before' ? { kind: 'hang' } : after);
      }
      hands.part('asked');
      await slack.as(life.asker).say(HELPDESK, `/logoff ${person}`);
      await life.decide(hands);
      const hasEnded = (channel: string) => shown(hands, channel, life.ends) !== undefined;
      // A card that was never there is not drawn for the sake of an end.
      const over = await hands.see(() => hasEnded(HELPDESK) && (hasEnded(APPROVALS) || life.name === 'agreed'));
      // What is written after the last drawing.
      if (over !== undefined) await hands.see(() => false, 1_500);
      set(undefined);
      slack.faults.clear();
      return !isAlive();
    },
    hands: (person, request) => ({
      slack,
      request,
      concerned: `U0P${person}`,
      part: (name) => soap.next(name),
      async see(look, within = LIFE_LIMIT) {
        const gone = Symbol('gone');
        const seen = () => (isAlive() ? look() : gone);
        const found = await slack.until(seen, { within }).catch(() => undefined);
        return found === gone || typeof found === 'symbol' ? undefined : found;
      },
    }),
    trail: () => {
      const lines = readFileSync(files.trail, 'utf8').split('\n').filter(Boolean);
      const since = lines.slice(read);
      read = lines.length;
      return since.map((line) => {
        const [request, label = ''] = line.split('\t');
        return { label, request: Number(request) };
      });
    },
    async next() {
      while ((await store?.requests.read(requestId(number))) !== undefined) number += 1;
      return number;
    },
    async close() {
      await store?.close();
      await site.close();
      await slackGate.close();
      await soapGate.close();
    },
  };
  try {
    await first(dieAtStart);
    await lane.revive();
    const url = database.startsWith('sqlite:') ? `sqlite:${join(folder, database.slice('sqlite:'.length))}` : database;
    store = await openStore({ url, now: Date.now, access: 'read' });
    return { ...lane, store };
  } catch (error) {
    await lane.close();
    throw error;
  }
}

/** The trap for a point in the life of this request. */
export const trapAt = ({ label, when, bound }: Point, request: number): Trap => ({
  label,
  when,
  request: bound ? request : 0,
});
