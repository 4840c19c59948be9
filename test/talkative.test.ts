import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { secrets } from '../src/sandbox/cast.ts';
import { startNetServer } from '../src/sandbox/netserver/local-netserver.ts';
import { startSlack } from '../src/sandbox/slack/start.ts';
import { APPROVALS, HELPDESK, peopled, settingsText, town, variables } from './e2e/cast.ts';
import { leaks, MORE_SECRETS } from './faults/canaries.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

it('a process whose every package is told to be talkative shows no secret, whatever happens to it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-talkative-'));
  const slack = await startSlack(town);
  const netserver = await startNetServer(peopled(0));
  const changes = [
    ['  ca_file:', '  # ca_file:'],
    ['timeout: 15s', 'timeout: 1s'],
    ['for: 30s, every: 2s, watch: 60s', 'for: 1s, every: 1s, watch: 1s'],
  ] as const;
  writeFileSync(join(folder, 'logoff.yml'), settingsText('socket', netserver.url, changes));
  const talkative = {
    DEBUG: '*',
    NODE_DEBUG: 'http,https,net,tls,fetch,undici,websocket,stream,timer',
    LOG_LEVEL: 'debug',
  };
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...variables(slack.apiUrl, 'sqlite:logoff.db'),
    ...MORE_SECRETS,
    ...talkative,
  };
  const child = spawn(process.execPath, [MAIN, 'start'], { cwd: folder, env });
  const said: string[] = [];
  child.stdout.on('data', (text) => said.push(String(text)));
  child.stderr.on('data', (text) => said.push(String(text)));
  onTestFinished(async () => {
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await slack.close();
    await netserver.close();
    rmSync(folder, { recursive: true });
  });
  await slack.until(() => said.join('').includes('"msg":"netserver_ready"'), {
    within: 15_000,
    what: 'the first look',
  });

  const [bob, alice] = [slack.as('U0BOB'), slack.as('U0ALICE')];
  await bob.say(HELPDESK, '/logoff 102');
  const card = await slack.until(() => alice.sees(APPROVALS).at(-1), { within: 10_000, what: 'the card' });
  netserver.expireTickets();
  netserver.trouble(
    'LogOffWindowsUsers',
    { kind: 'fault', message: `you sent ${secrets.netserverPassword}` },
    { times: 1 },
  );
  slack.faults.next('chat.update', { kind: 'reset', when: 'after the effect' }, 2);
  await alice.click(card, 'Approve');
  await slack.until(() => netserver.calls('LogOffWindowsUsers').length > 0, { within: 10_000, what: 'the call' });
  netserver.trouble('*', { kind: 'exception', type: 'X', message: `${secrets.netserverPassword} 7T:abc` });
  await bob.say(HELPDESK, '/logoff 104');
  slack.sockets.cut();
  await slack.until(() => bob.sees(HELPDESK).length > 1, { within: 10_000, what: 'the answer' });
  child.kill('SIGTERM');
  const [code]: readonly unknown[] = await once(child, 'exit');

  expect(code).toBe(0);
  const all = said.join('');
  // They do talk.
  expect(all).toMatch(/^NET \d+: /m);
  expect(all).toMatch(/^FETCH \d+: /m);
  expect(leaks({ 'standard output and error': all })).toEqual([]);
});
