import { fileURLToPath } from 'node:url';
import type { LocalSlack } from '../../src/sandbox/slack/start.ts';
import type { Message } from '../../src/sandbox/slack/workspace.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type Ended, run } from '../delivery/packed.ts';
import { APPROVALS, HELPDESK } from '../e2e/cast.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Runs a command of the program in a folder, with nothing else in its environment. */
export const program = (
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> =>
  run(process.execPath, [MAIN, ...words], { cwd: folder, env: { PATH: process.env['PATH'] ?? '', ...environment } });

/** What is in a database that nobody writes to. */
export async function requestsOf(url: string): Promise<{ readonly highest: number }> {
  const store = await openStore({ url, now: Date.now, access: 'read' });
  try {
    const { requests } = await store.requests.past(undefined, undefined, 1, 1);
    return { highest: requests[0]?.id ?? 0 };
  } finally {
    await store.close();
  }
}

const newest = (slack: LocalSlack, channel: string, id: number): Message | undefined =>
  slack.workspace
    .messages(channel)
    .findLast(({ text, visibleTo }) => visibleTo === undefined && text.startsWith(`Request ${id}: `));

/** The card of a request in the approvals channel. */
export const cardOf = (slack: LocalSlack, id: number): Message | undefined => newest(slack, APPROVALS, id);

/** The text where it was asked for. */
export const lineOf = (slack: LocalSlack, id: number): string | undefined => newest(slack, HELPDESK, id)?.text;
