import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BotProcess, type BotProcessOptions, startBotProcess } from '../../src/sandbox/bot-process.ts';
import { type LocalNetServer, startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { type LocalSlack, startSlack } from '../../src/sandbox/slack/start.ts';
import { type Change, peopled, settingsText, town, townWith, variables } from '../e2e/cast.ts';

/** Real processes between a local Slack and a local SuperOffice, on one set of records. */
export interface Site {
  readonly slack: LocalSlack;
  readonly netserver: LocalNetServer;
  readonly folder: string;
  /** Starts one more process; what is given stands in its environment. */
  start(environment?: Readonly<Record<string, string>>, options?: BotProcessOptions): Promise<BotProcess>;
  /** Changes the settings; the next start reads them. */
  revise(...changes: readonly Change[]): void;
  /** Kills what runs, and removes everything. */
  close(): Promise<void>;
}

export interface SiteOptions {
  readonly mode: 'socket' | 'http';
  /** Relative SQLite files are in the site's folder. */
  readonly database: string;
  readonly changes?: readonly Change[];
  /** How many more people SuperOffice knows: ids from 1001. */
  readonly many?: number;
  /** Whether those are in Slack too, with the same address. */
  readonly inSlack?: boolean;
}

/** Short times: results within a second, and a lease of half a minute. */
export const HASTY: readonly Change[] = [
  ['  ca_file:', '  # ca_file:'],
  ['timeout: 15s', 'timeout: 5s'],
  ['{ for: 30s, every: 2s, watch: 60s }', '{ for: 1s, every: 1s, watch: 0s }'],
];

export async function openSite(options: SiteOptions): Promise<Site> {
  const { mode, database, changes = HASTY, many = 0, inSlack = false } = options;
  const folder = mkdtempSync(join(tmpdir(), 'logoff-site-'));
  const slack = await startSlack(inSlack ? townWith(many) : town);
  const netserver = await startNetServer({ ...peopled(many, inSlack), journalSize: 100_000 });
  const running: BotProcess[] = [];
  const all = [...changes];
  return {
    slack,
    netserver,
    folder,
    async start(environment = {}, start = {}) {
      writeFileSync(join(folder, 'logoff.yml'), settingsText(mode, netserver.url, all));
      const given = { ...variables(slack.apiUrl, database), LOG_LEVEL: 'info', ...environment };
      const bot = await startBotProcess(folder, given, start);
      running.push(bot);
      return bot;
    },
    revise: (...more) => void all.push(...more),
    async close() {
      await Promise.all(running.map((bot) => bot.kill()));
      await slack.close();
      await netserver.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What a health path of this process says. */
export async function askHealth(
  bot: BotProcess,
  path: '/healthz' | '/readyz',
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`http://127.0.0.1:${bot.port}${path}`, { headers: { connection: 'close' } });
  return { status: response.status, body: await response.json() };
}
