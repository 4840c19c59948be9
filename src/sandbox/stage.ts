import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BotProcess, startBotProcess } from './bot-process.ts';
import { secrets, settings, superoffice, workspace } from './cast.ts';
import { type LocalNetServer, startNetServer } from './netserver/local-netserver.ts';
import { type LocalSlack, startSlack } from './slack/start.ts';

/** A local Slack, a local NetServer, and the bot between them as a process of its own. */
export interface Stage {
  readonly slack: LocalSlack;
  readonly netserver: LocalNetServer;
  readonly bot: BotProcess;
  close(): Promise<void>;
}

/** Starts all three; everything is in memory or in a folder that `close` removes. */
export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'superoffice-logoff-'));
  const slack = await startSlack(workspace);
  const netserver = await startNetServer(superoffice);
  const closeWorld = async () => {
    await slack.close();
    await netserver.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const file = join(folder, 'logoff.yml');
    await writeFile(file, settings(netserver.url));
    const bot = await startBotProcess(folder, {
      LOGOFF_CONFIG: file,
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_APP_TOKEN: secrets.appToken,
      SLACK_API_URL: slack.apiUrl,
      NETSERVER_USERNAME: secrets.netserverUser,
      NETSERVER_PASSWORD: secrets.netserverPassword,
      PORT: '0',
    });
    const close = async () => {
      await bot.stop();
      await closeWorld();
    };
    return { slack, netserver, bot, close };
  } catch (error) {
    await closeWorld();
    throw error;
  }
}
