import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { channels, secrets, settings, superoffice, workspace } from '../cast.ts';
import { type LocalNetServer, startNetServer } from '../netserver/local-netserver.ts';
import type { SlackOptions, SlackUser } from '../slack/options.ts';
import { type LocalSlack, startSlack } from '../slack/start.ts';
import { type BotKeeper, createBotKeeper } from './bot-keeper.ts';
import type { ToldCommand } from './client/told.ts';
import { createDemoClock, type DemoClock } from './demo-clock.ts';
import { nextDue } from './due-moments.ts';
import { commandsOfManifest } from './manifest-commands.ts';
import { stepForward } from './step-forward.ts';
import { createTroubleSwitches } from './troubles.ts';

/** A local Slack, a local NetServer, the time they live in, and the keeper of the bot between them. */
export interface LocalWorld {
  readonly slack: LocalSlack;
  readonly netserver: LocalNetServer;
  readonly clock: DemoClock;
  readonly keeper: BotKeeper;
  readonly switches: ReturnType<typeof createTroubleSwitches>;
  /** Moves the clock forward by so many milliseconds, not faster than the bot can follow; resolves when it is there. */
  goForward(ms: number): Promise<void>;
  readonly timeZone: string;
  /** What Slack shows when somebody types a slash: from the app's manifest, as there. */
  readonly commands: readonly ToldCommand[];
  /** Calls the listener whenever something may look different. */
  onChange(listener: () => void): void;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** The time at which it begins; now, if not said. */
  readonly startAt?: number;
  /** The machine's, if not said. */
  readonly timeZone?: string;
  /** How long is looked who is still logged on, as the settings file says it. */
  readonly verify?: string;
}

/** People need more time than a story does. */
const pace = { verify: '{ for: 6s, every: 1s, watch: 5s }', expires: '30m', warn: '1m' };
const identities = { U0ANNA: 101, U0JANE: 102 };

const jane: SlackUser = { id: 'U0JANE', name: 'jane', real_name: 'Jane Doe', email: 'jane@example.com' };
const isOfTheHouse = ({ is_bot, is_restricted, is_stranger }: SlackUser): boolean =>
  !is_bot && !is_restricted && !is_stranger;
const house = workspace.users.filter(isOfTheHouse);

/** The cast's workspace with one more who can be logged off, and a channel shared with another company: Erin is from there. */
const town: SlackOptions = {
  ...workspace,
  users: [...house, jane, ...workspace.users.filter((user) => !isOfTheHouse(user))],
  channels: [
    ...workspace.channels.map((channel) =>
      channel.id === channels.helpdesk ? { ...channel, members: [...channel.members, jane.id] } : channel,
    ),
    {
      id: 'C0PARTNERS',
      name: 'partners',
      is_shared: true,
      is_ext_shared: true,
      members: ['U0BOB', 'U0ALICE', 'U0ERIN', 'U0LOGOFF'],
    },
  ],
};

/** Everything but the bot is running then; its files are in a folder that `close` removes. */
export async function openLocalWorld(options: WorldOptions = {}): Promise<LocalWorld> {
  const clock = createDemoClock(options.startAt);
  const timeZone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const folder = await mkdtemp(join(tmpdir(), 'superoffice-logoff-'));
  const slack = await startSlack({ ...town, now: clock.now, timeZone });
  const netserver = await startNetServer({ ...superoffice, now: clock.now });
  for (const { id, is_bot, is_stranger } of slack.workspace.users()) {
    if (!is_bot && !is_stranger) slack.workspace.dm(id);
  }
  const file = join(folder, 'logoff.yml');
  const { verify = pace.verify } = options;
  await writeFile(file, settings(netserver.url, { ...pace, verify }, identities));
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const environment = {
    LOGOFF_CONFIG: file,
    SLACK_BOT_TOKEN: secrets.botToken,
    SLACK_APP_TOKEN: secrets.appToken,
    SLACK_API_URL: slack.apiUrl,
    NETSERVER_USERNAME: secrets.netserverUser,
    NETSERVER_PASSWORD: secrets.netserverPassword,
    PORT: '0',
  };
  const keeper = createBotKeeper(folder, environment, clock, changed);
  let moving = Promise.resolve();
  const records = join(folder, 'data', 'logoff.db');
  const due = () => (keeper.state().is === 'running' ? nextDue(records) : undefined);
  const closing = new AbortController();
  const wait = async (ms: number) => void (await pause(ms, undefined, { signal: closing.signal }).catch(() => {}));
  slack.onEvent(changed);
  netserver.onExchange(changed);
  clock.onMove(changed);
  return {
    slack,
    netserver,
    clock,
    keeper,
    switches: createTroubleSwitches(slack, netserver),
    goForward(ms) {
      moving = moving.then(() => stepForward(clock, ms, { nextDue: due, pause: wait }));
      return moving;
    },
    timeZone,
    commands: commandsOfManifest(),
    onChange: (listener) => void listeners.push(listener),
    async close() {
      closing.abort();
      await moving;
      await keeper.stop();
      await slack.close();
      await netserver.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
