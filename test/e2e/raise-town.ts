import { inspect } from 'node:util';
import { type RunningBot, startBot } from '../../src/app.ts';
import { loadSettings } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type LocalNetServer, startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import type { SlackOptions } from '../../src/sandbox/slack/options.ts';
import type { SeenMessage } from '../../src/sandbox/slack/persona/seen.ts';
import { type LocalSlack, startSlack } from '../../src/sandbox/slack/start.ts';
import { LOOPBACK_CERTIFICATE, LOOPBACK_KEY } from '../netserver/loopback-certificate.ts';
import { createTestClock, MONDAY_14_00, settle, type TestClock } from '../test-clock.ts';
import { APPROVALS, type Change, HELPDESK, peopled, settingsText, town, variables } from './cast.ts';
import { type Inhabitant, inhabitant } from './inhabitant.ts';

export const MODES = ['socket', 'http'] as const;
export type Mode = (typeof MODES)[number];

export interface TownOptions {
  readonly settings?: readonly Change[];
  /** How many more people SuperOffice knows: ids from 1001. */
  readonly many?: number;
  /** The largest message that NetServer takes. */
  readonly maxRequestBytes?: number;
  readonly database?: string;
  /** Replaces variables of the bot's environment, or adds some. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What is other than usual in the workspace. */
  readonly slack?: Partial<SlackOptions>;
  /** The address of SuperOffice in the settings, where it is another than the true one. */
  readonly netserverUrl?: (url: string) => string;
  /** SuperOffice speaks no TLS. */
  readonly plain?: boolean;
  /** What stands in the file of the certificate authority; `none` where there is no such file. */
  readonly authority?: string;
}

/** A local Slack, a local SuperOffice and the bot in this very process; all three go by one clock that the test moves. */
export interface Town {
  readonly slack: LocalSlack;
  readonly netserver: LocalNetServer;
  readonly clock: TestClock;
  /** What the operator reads; nothing is covered up in it. */
  readonly log: readonly string[];
  /** The same before it was made into lines, as a debugger would show it. */
  readonly inspected: readonly string[];
  readonly bob: Inhabitant;
  readonly alice: Inhabitant;
  readonly ola: Inhabitant;
  readonly anna: Inhabitant;
  as(user: string): Inhabitant;
  /** The words of the line in the channel where the request was typed. */
  line(request: number, channel?: string): string;
  /** The card in the approvals channel. */
  card(request: number): SeenMessage;
  /** What the card says of one person. */
  fate(request: number, id: number): string;
  /** The ids of each LogOffWindowsUsers that arrived. */
  calls(): readonly (readonly number[])[];
  /** Waits until the bot has nothing under way. */
  quiet(): Promise<void>;
  /** What the test made Slack or NetServer complain about, as "where error"; anything else fails the test. */
  provoked(...complaints: readonly string[]): void;
  /** Changes the settings; the next start reads them. */
  revise(...changes: readonly Change[]): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** The bot that runs. */
  bot(): RunningBot;
}

/** A town with the way to tear it down. */
export interface RaisedTown extends Town {
  /** Gives what Slack and NetServer complained about, and what the test said that they would. */
  close(): Promise<{ readonly complaints: ReadonlySet<string>; readonly expected: ReadonlySet<string> }>;
}

/** Builds it all up. */
export async function raiseTown(mode: Mode, options: TownOptions = {}): Promise<RaisedTown> {
  const bot: { running?: RunningBot } = {};
  const quiet = async () => {
    await settle();
    await bot.running?.settled();
  };
  const clock = createTestClock(MONDAY_14_00, quiet);
  // Signatures and caches look at the process's own time.
  const { now } = Date;
  Date.now = clock.now;
  const slack = await startSlack({ ...town, ...options.slack, now: clock.now });
  const { many = 0, maxRequestBytes = 65_536, authority = LOOPBACK_CERTIFICATE } = options;
  const tls = { key: LOOPBACK_KEY, cert: LOOPBACK_CERTIFICATE };
  const secured = options.plain === true ? {} : { tls };
  const netserver = await startNetServer({ ...peopled(many), now: clock.now, maxRequestBytes, ...secured });
  const changes = [...(options.settings ?? [])];
  const url = options.netserverUrl?.(netserver.url) ?? netserver.url;
  // The one other file that the settings name is the certificate.
  const readFile = (path: string) => {
    if (path === 'logoff.yml') return Buffer.from(settingsText(mode, url, changes));
    if (authority === 'none') throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return Buffer.from(authority);
  };
  const log: string[] = [];
  const inspected: string[] = [];
  const expected = new Set<string>();

  async function start() {
    const before = log.length;
    const environment = {
      ...variables(slack.apiUrl, options.database ?? 'sqlite::memory:'),
      ...options.environment,
    };
    const loaded = loadSettings(environment, readFile);
    if (!loaded.ok) throw new Error(loaded.report);
    const write = createLog({ level: 'debug', secrets: [], write: (line) => log.push(line) });
    bot.running = await startBot(loaded, clock, (level, code, fields) => {
      inspected.push(inspect([level, code, fields], { depth: 20, showHidden: true }));
      write(level, code, fields);
    });
    if (mode === 'http') slack.useRequestUrl(`http://127.0.0.1:${bot.running.port}/slack/events`);
    // The first look at NetServer is no part of any story.
    const looked = () => log.slice(before).some((line) => /"msg":"(?:directory_read|netserver_away)"/.test(line));
    await slack.until(looked, { within: 60_000, what: 'the first look at NetServer' });
    // Nor is what the start itself tells the audit channel.
    await bot.running.settled();
  }
  async function stop() {
    await bot.running?.stop();
    delete bot.running;
  }
  async function close() {
    await stop();
    await slack.close();
    await netserver.close();
    Date.now = now;
    const complaints = [
      ...slack.journal.complaints().map(({ where, error }) => `${where} ${error}`),
      ...netserver.complaints().map(({ operation, message }) => `${operation} ${message}`),
    ];
    return { complaints: new Set(complaints), expected };
  }
  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }

  const as = (user: string) => inhabitant(slack.as(user), quiet);
  const newest = (channel: string, start: RegExp): SeenMessage => {
    const found = slack
      .as('U0ALICE')
      .sees(channel)
      .findLast((message) => !message.private && start.test(message.text));
    if (found === undefined) throw new Error(`nothing like ${start} in:\n${slack.transcript(channel)}`);
    return found;
  };
  const card = (request: number) => newest(APPROVALS, new RegExp(`^Request ${request}: log off`));
  return {
    slack,
    netserver,
    clock,
    log,
    inspected,
    as,
    bob: as('U0BOB'),
    alice: as('U0ALICE'),
    ola: as('U0OLA'),
    anna: as('U0ANNA'),
    line: (request, channel = HELPDESK) =>
      newest(channel, new RegExp(`^Request ${request}: `)).text.replace(/\n\[.*\]$/, ''),
    card,
    fate: (request, id) =>
      new RegExp(`^• .*, id ${id}\\b[^)]*\\)(.*)$`, 'm').exec(card(request).text)?.[1]?.replace(/^: /, '') ??
      'not there',
    calls: () => netserver.calls('LogOffWindowsUsers'),
    quiet,
    provoked: (...complaints) => {
      for (const complaint of complaints) expected.add(complaint);
    },
    revise: (...more) => void changes.push(...more),
    stop,
    start,
    bot: () => {
      if (bot.running === undefined) throw new Error('the bot does not run');
      return bot.running;
    },
    close,
  };
}
