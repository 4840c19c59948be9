import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type BotProcess, startBotProcess } from '../../src/sandbox/bot-process.ts';
import { startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { startSlack } from '../../src/sandbox/slack/start.ts';
import { type Change, peopled, settingsText, town, variables } from '../e2e/cast.ts';

/** A folder with the settings in it, and the world around a bot that runs in it as a process of its own; all gone with the test. */
export async function botInFolder(changes: readonly Change[]) {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-bot-'));
  const slack = await startSlack(town);
  const netserver = await startNetServer(peopled(0));
  const processes: BotProcess[] = [];
  onTestFinished(async () => {
    for (const bot of processes) await bot.kill();
    await slack.close();
    await netserver.close();
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'logoff.yml'), settingsText('socket', netserver.url, changes));
  const environment = variables(slack.apiUrl, 'sqlite:logoff.db');
  const start = async () => {
    const bot = await startBotProcess(folder, environment);
    processes.push(bot);
    return bot;
  };
  return { folder, slack, netserver, environment, start };
}
