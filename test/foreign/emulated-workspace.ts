import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmulator } from 'emulate';
import { z } from 'zod';

const named = z.object({ id: z.string(), name: z.string() });
const history = z.object({
  messages: z.array(
    z.looseObject({
      text: z.string(),
      ts: z.string(),
      blocks: z
        .array(
          z.looseObject({
            block_id: z.string().optional(),
            elements: z.array(z.looseObject({ action_id: z.string().optional() })).optional(),
          }),
        )
        .optional(),
    }),
  ),
});

type Message = z.infer<typeof history>['messages'][number];

/** What the bot is granted, and what the checks need to read along. */
const SCOPES = ['chat:write', 'users:read', 'users:read.email', 'channels:read', 'groups:read', 'im:write'];
const READING = ['channels:history', 'groups:history'];

/** A Slack workspace on a Web API that was not written here. It has neither sockets nor commands nor clicks. */
export interface EmulatedWorkspace {
  readonly apiUrl: string;
  readonly team: string;
  readonly ids: Readonly<Record<'bob' | 'alice' | 'helpdesk' | 'approvals', string>>;
  /** Waits for a message with these words. */
  seen(channel: string, words: RegExp): Promise<Message>;
  close(): Promise<void>;
}

export async function emulateWorkspace(botToken: string): Promise<EmulatedWorkspace> {
  const emulated = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      slack: {
        users: [
          { name: 'bob', real_name: 'Bob Berg' },
          { name: 'alice', real_name: 'Alice Lund' },
          { name: 'logoff', real_name: 'SuperOffice log-off' },
        ],
        channels: [{ name: 'helpdesk' }, { name: 'crm-approvals', is_private: true }],
        bots: [{ name: 'logoff' }],
        tokens: [{ token: botToken, user: 'logoff', type: 'bot', scopes: [...SCOPES, ...READING] }],
        strict_scopes: true,
      },
    },
  });
  const call = async (method: string, args: Readonly<Record<string, string>> = {}): Promise<unknown> => {
    const headers = { authorization: `Bearer ${botToken}` };
    const body = new URLSearchParams(args);
    const response = await fetch(`${emulated.url}/api/${method}`, { method: 'POST', headers, body });
    return response.json();
  };
  const types = 'public_channel,private_channel';
  const { members } = z.object({ members: z.array(named) }).parse(await call('users.list'));
  const { channels } = z.object({ channels: z.array(named) }).parse(await call('conversations.list', { types }));
  const { team_id: team } = z.object({ team_id: z.string() }).parse(await call('auth.test'));
  const idOf = (name: string): string => {
    const found = [...members, ...channels].find((one) => one.name === name);
    if (found === undefined) throw new Error(`the emulated workspace has no ${name}`);
    return found.id;
  };
  return {
    apiUrl: `${emulated.url}/api/`,
    team,
    ids: { bob: idOf('bob'), alice: idOf('alice'), helpdesk: idOf('helpdesk'), approvals: idOf('crm-approvals') },
    async seen(channel, words) {
      let texts: readonly string[] = [];
      for (let turn = 0; turn < 100; turn += 1) {
        const { messages } = history.parse(await call('conversations.history', { channel }));
        const found = messages.find(({ text }) => words.test(text));
        if (found !== undefined) return found;
        texts = messages.map(({ text }) => text);
        await sleep(100);
      }
      throw new Error(`no ${words} in:\n${texts.join('\n---\n')}`);
    },
    close: () => emulated.close(),
  };
}

/** Its emulator wants to be told its port. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server.address());
  server.close();
  return port;
}

export function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
