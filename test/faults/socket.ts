import { HELPDESK, SOON } from '../e2e/cast.ts';
import type { RaisedTown } from '../e2e/raise-town.ts';
import { command, outcome, stillWorks } from './observe.ts';
import { type Fault, MINUTE, SECOND } from './row.ts';

const town = { settings: [SOON] };
const WORKS = 'then works: 1 person logged off';

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Lets time pass until something is seen; connections are opened in real time. */
async function until(town: RaisedTown, seen: () => boolean): Promise<void> {
  for (let turn = 0; turn < 300 && !seen(); turn += 1) {
    await town.clock.advance(SECOND);
    await soon();
  }
}

/** Both connections open. */
const bothOpen = (town: RaisedTown) => until(town, () => town.slack.sockets.open() === 2);

async function ready(town: RaisedTown): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${town.bot().port}/readyz`, { headers: { connection: 'close' } });
  const body: unknown = await response.json();
  const part = (name: string) => (typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined);
  return `/readyz ${response.status} ${part('slack')} (${part('slack_connections')})`;
}

/** Types one command after the other as long as this goes on; gives how many were not acknowledged. */
async function commandsWhile(town: RaisedTown, goesOn: () => boolean): Promise<string> {
  let typed = 0;
  let lost = 0;
  while (typed < 20 || (goesOn() && typed < 1_000)) {
    const { acknowledged } = await town.bob.hasty.say(HELPDESK, '/logoff help');
    typed += 1;
    if (!acknowledged) lost += 1;
    await soon();
  }
  await town.quiet();
  return lost === 0 ? 'no command lost' : `${lost} of ${typed} commands lost`;
}

const tries = (town: RaisedTown): number => town.slack.journal.calls('apps.connections.open').length;

const refusedFor = (
  name: string,
  fault: Parameters<RaisedTown['slack']['faults']['always']>[1],
  few: number,
): Fault => ({
  door: 'socket',
  fault: `all connections are cut, and apps.connections.open answers ${name} for two minutes`,
  expected: `/readyz 503 reconnecting (reconnecting,reconnecting), few attempts, ${WORKS}`,
  town,
  async play(town) {
    await bothOpen(town);
    const before = tries(town);
    town.slack.faults.always('apps.connections.open', fault);
    town.slack.sockets.cut();
    for (let second = 0; second < 120; second += 1) {
      await town.clock.advance(SECOND);
      if (second % 4 === 0) await soon();
    }
    const state = await ready(town);
    const made = tries(town) - before;
    town.slack.faults.clear();
    await bothOpen(town);
    const often = made >= 2 && made <= few ? 'few attempts' : `${made} attempts`;
    return `${state}, ${often}, ${await stillWorks(town)}`;
  },
});

const connections: readonly Fault[] = [
  {
    door: 'socket',
    fault: 'one of the two connections is cut, ten times',
    expected: `10 of 10 commands acknowledged, /readyz 200 connected, ${WORKS}`,
    town,
    async play(town) {
      await bothOpen(town);
      let good = 0;
      for (let time = 0; time < 10; time += 1) {
        town.slack.sockets.cut(1);
        const { acknowledged } = await town.bob.hasty.say(HELPDESK, '/logoff help');
        if (acknowledged) good += 1;
        await bothOpen(town);
      }
      const state = (await ready(town)).replace(/ \(.*/, '');
      return `${good} of 10 commands acknowledged, ${state}, ${await stillWorks(town)}`;
    },
  },
  {
    door: 'socket',
    fault: 'all connections are cut',
    expected: `/readyz 503 reconnecting (reconnecting,reconnecting), then /readyz 200 connected (connected,connected), ${WORKS}`,
    town,
    async play(town) {
      await bothOpen(town);
      town.slack.faults.next('apps.connections.open', { kind: 'status', status: 500 }, 2);
      town.slack.sockets.cut();
      await town.slack.until(() => town.log.filter((line) => line.includes('slack_connection_lost')).length === 2);
      const state = await ready(town);
      await bothOpen(town);
      await soon();
      return `${state}, then ${await ready(town)}, ${await stillWorks(town)}`;
    },
  },
  ...(['warning', 'refresh_requested'] as const).map(
    (reason): Fault => ({
      door: 'socket',
      fault: `Slack announces that it will close all connections (${reason}) and closes them`,
      expected: `no command lost, never fewer than 2 connections, ${WORKS}`,
      town,
      async play(town) {
        await bothOpen(town);
        let least = 2;
        const ended = town.slack.onEvent((event) => {
          if (event.type === 'sockets') least = Math.min(least, event.open);
        });
        town.slack.sockets.disconnect(reason, { closeAfterMs: 1_500 });
        await town.slack.until(() => town.slack.sockets.open() === 4);
        const seen = await commandsWhile(town, () => town.slack.sockets.open() > 2);
        ended();
        return `${seen}, never fewer than ${least} connections, ${await stillWorks(town)}`;
      },
    }),
  ),
  refusedFor('500', { kind: 'status', status: 500 }, 30),
  refusedFor('429', { kind: 'rate_limited', retryAfter: 30 }, 10),
  refusedFor('nothing', { kind: 'reset', when: 'before the effect' }, 30),
];

const payloads: readonly Fault[] = [
  ...(
    [
      ['no JSON', 'what is this'],
      ['a message called "close"', '{"type":"close"}'],
      ['an event without an event', '{"type":"events_api","payload":{}}'],
      ['bytes', new Uint8Array([1, 2, 3])],
    ] as const
  ).map(
    ([name, message]): Fault => ({
      door: 'socket',
      fault: `Slack sends ${name}`,
      expected: `/readyz 200 connected, ${WORKS}`,
      town,
      async play(town) {
        town.slack.sockets.tell(message);
        await soon();
        return `${(await ready(town)).replace(/ \(.*/, '')}, ${await stillWorks(town)}`;
      },
    }),
  ),
];

/** A mistake of the bot itself: its clock throws while a command is worked on. */
async function thrown(town: RaisedTown): Promise<string> {
  const { now } = town.clock;
  town.clock.now = () => {
    throw new Error('a mistake');
  };
  const said = await command(town, '/logoff 102').finally(() => {
    town.clock.now = now;
  });
  return `${said} ${await stillWorks(town)}`;
}

const listeners: readonly Fault[] = (['socket', 'http'] as const).map((mode) => ({
  door: mode,
  fault: 'a listener throws',
  expected:
    'acknowledged, told: Sorry, something went wrong on my side, and I noted it for the operator. Look at `/logoff status` ' +
    `before you try again. ${WORKS}`,
  mode,
  town,
  play: thrown,
}));

const unknown: readonly Fault[] = (['socket', 'http'] as const).map((mode) => ({
  door: mode,
  fault: 'a payload of a kind that does not exist',
  expected: `acknowledged, 0 calls, nobody off: nothing, ${WORKS}`,
  mode,
  town,
  async play(town) {
    const { acknowledged } = await town.slack.deliver({
      kind: 'interactive',
      payload: { type: 'made_up', team: { id: 'T0NORTH' } },
    });
    await town.clock.advance(MINUTE);
    return `${acknowledged ? 'acknowledged' : 'not acknowledged'}, ${outcome(town)}, ${await stillWorks(town)}`;
  },
}));

export const socketFaults: readonly Fault[] = [...connections, ...payloads, ...listeners, ...unknown];
