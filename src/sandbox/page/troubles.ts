import type { LocalNetServer } from '../netserver/local-netserver.ts';
import type { Trouble } from '../netserver/troubles.ts';
import type { LocalSlack } from '../slack/start.ts';

interface NetServerTrouble {
  readonly label: string;
  readonly explains: string;
  readonly operation: string;
  readonly trouble: Trouble;
}

/** What can be switched on in NetServer. Trouble for one operation stands before trouble for all, since the first counts. */
const netServerTroubles = {
  no_effect: {
    label: 'Says yes, does nothing',
    explains: 'NetServer reports success, and nobody is logged off.',
    operation: 'LogOffWindowsUsers',
    trouble: { kind: 'no-effect' },
  },
  back_again: {
    label: 'Logs on again at once',
    explains: 'People are logged off, and are on again a moment later.',
    operation: 'LogOffWindowsUsers',
    trouble: { kind: 'back-again', when: { afterReads: 1 } },
  },
  no_answer: {
    label: 'Does it, but never answers',
    explains: 'People are logged off, and the answer is lost.',
    operation: 'LogOffWindowsUsers',
    trouble: { kind: 'hang', effect: true },
  },
  wrong_password: {
    label: 'Wrong password',
    explains: 'The bot’s next log-on is refused. Then it waits 5 minutes or more, also when this is off again: +10.',
    operation: 'AuthenticateUsernamePassword',
    trouble: { kind: 'wrong-password' },
  },
  slow: {
    label: 'Slow',
    explains: 'Every answer takes two seconds.',
    operation: '*',
    trouble: { kind: 'slow', ms: 2_000 },
  },
} as const satisfies Readonly<Record<string, NetServerTrouble>>;

const others = {
  down: { label: 'Server down', explains: 'Connections to NetServer are refused.' },
  rate_limit: {
    label: 'Slack: rate limit',
    explains: 'Slack answers posts and updates with 429, try again in a second.',
  },
} as const;

export type TroubleName = keyof typeof netServerTroubles | keyof typeof others;

const LIMITED = ['chat.postMessage', 'chat.update', 'chat.postEphemeral'];

/** A switch as the page shows it. */
export interface TroubleSwitch {
  readonly name: TroubleName;
  readonly label: string;
  readonly explains: string;
  readonly on: boolean;
}

const isOfNetServer = (name: TroubleName): name is keyof typeof netServerTroubles =>
  Object.hasOwn(netServerTroubles, name);
const inOrder: readonly TroubleName[] = [
  'down',
  'slow',
  'wrong_password',
  'no_effect',
  'back_again',
  'no_answer',
  'rate_limit',
];
export const troubleNames: ReadonlySet<string> = new Set(inOrder);

/** Switches for what can go wrong outside the bot. All are off at first. */
export function createTroubleSwitches(slack: LocalSlack, netserver: LocalNetServer) {
  const on = new Set<TroubleName>();
  const apply = async () => {
    netserver.clearTrouble();
    for (const { operation, trouble, name } of specific()) if (on.has(name)) netserver.trouble(operation, trouble);
    slack.faults.clear();
    if (on.has('rate_limit')) {
      for (const method of LIMITED) slack.faults.always(method, { kind: 'rate_limited', retryAfter: 1 });
    }
    await (on.has('down') ? netserver.refuse() : netserver.accept());
  };
  return {
    /** Switches one on or off. */
    async set(name: TroubleName, to: boolean): Promise<void> {
      if (to) on.add(name);
      else on.delete(name);
      await apply();
    },
    /** All of them, as they are now. */
    list: (): readonly TroubleSwitch[] =>
      inOrder.map((name) => {
        const { label, explains } = isOfNetServer(name) ? netServerTroubles[name] : others[name];
        return { name, label, explains, on: on.has(name) };
      }),
  };
}

const specific = () =>
  inOrder
    .filter(isOfNetServer)
    .map((name) => ({ name, ...netServerTroubles[name] }))
    .toSorted((a, b) => Number(a.operation === '*') - Number(b.operation === '*'));
