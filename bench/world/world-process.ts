import { z } from 'zod';
import { type LocalNetServer, startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { manyGroups, manyUsers } from '../../src/sandbox/netserver/many-users.ts';
import { type LocalSlack, startSlack } from '../../src/sandbox/slack/start.ts';
import { answer } from '../process/talk.ts';
import { burst } from './burst.ts';
import { company, FIRST_ID, town } from './people.ts';
import { lookUpPeople } from './picker.ts';
import { recordSteps } from './recipe.ts';
import { type Place, peopleInTurn, workFor, workOnce } from './work.ts';

// The local Slack and the local NetServer of the benchmark, and those who use them. A process of its own, so that what it
// costs to be Slack is not counted as the bot's.

interface Town {
  readonly netserver: LocalNetServer;
  readonly next: () => number;
  readonly slacks: LocalSlack[];
  readonly counts: Map<string, number>;
}

let open: Town | undefined;

function here(): Town {
  if (open === undefined) throw new Error('the world is not open');
  return open;
}

function placeOf(slack: number): Place {
  const { netserver, slacks } = here();
  const found = slacks[slack];
  if (found === undefined) throw new Error(`there is no Slack ${slack}`);
  return { netserver, slack: found };
}

const at = z.object({ slack: z.int() });
const shift = at.extend({
  work: z.enum(['command', 'approved', 'message']),
  reply: z.enum(['direct', 'response_url', 'channel']),
  atOnce: z.int(),
  forMs: z.number().optional(),
  pieces: z.int().optional(),
});

answer({
  /** A SuperOffice with so many users; those of the picker have all kinds of names. */
  async open(args) {
    const { users, kind } = z.object({ users: z.int(), kind: z.enum(['plain', 'many']) }).parse(args);
    const plain = company(users);
    const people = {
      ...plain.people,
      associates: [{ id: 77, name: 'SLACKBOT' }, ...manyUsers(users, FIRST_ID)],
      groups: manyGroups,
    };
    const netserver = await startNetServer(kind === 'plain' ? plain : { ...plain, people });
    const counts = new Map<string, number>();
    netserver.onExchange(({ operation }) => counts.set(operation, (counts.get(operation) ?? 0) + 1));
    open = { netserver, next: peopleInTurn(users), slacks: [], counts };
    return { url: netserver.url };
  },
  /** One more Slack workspace, for one more app. */
  async slack() {
    const { slacks } = here();
    const slack = await startSlack(town);
    return { slack: slacks.push(slack) - 1, apiUrl: slack.apiUrl };
  },
  requestUrl(args) {
    const { slack, url } = at.extend({ url: z.string() }).parse(args);
    placeOf(slack).slack.useRequestUrl(url);
  },
  work(args) {
    const { slack, ...rest } = shift.parse(args);
    return workFor(placeOf(slack), rest, here().next);
  },
  record(args) {
    const { slack, work, reply } = shift.partial({ atOnce: true }).parse(args);
    const place = placeOf(slack);
    const id = here().next();
    return recordSteps(place, id, async () => {
      await workOnce(place, work, reply, id);
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
  },
  /** Many commands at the same moment; when each was acknowledged. */
  burst(args) {
    const { slack, count } = at.extend({ count: z.int() }).parse(args);
    return burst(placeOf(slack), count, here().next);
  },
  picker(args) {
    const { slack, queries } = at.extend({ queries: z.int() }).parse(args);
    return lookUpPeople(placeOf(slack), queries);
  },
  /** Log-off calls are answered with 80 KB that are no SOAP, until `calm`. */
  junk(args) {
    const { shape } = z.object({ shape: z.enum(['less-than', 'html']) }).parse(args);
    here().netserver.trouble('LogOffWindowsUsers', { kind: 'junk', shape });
  },
  hang() {
    here().netserver.trouble('*', { kind: 'hang' });
  },
  calm() {
    here().netserver.clearTrouble();
  },
  /** How often each operation of NetServer was called so far. */
  counts: () => Object.fromEntries(here().counts),
});
process.send?.({ msg: 'ready' });
process.once('disconnect', () => process.exit(0));
