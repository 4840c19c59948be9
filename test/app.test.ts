import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type RunningBot, startBot } from '../src/app.ts';
import { systemClock } from '../src/clock.ts';
import { loadSettings } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { type LocalNetServer, startNetServer } from '../src/sandbox/netserver/local-netserver.ts';
import { type LocalSlack, startSlack } from '../src/sandbox/slack/start.ts';
import { peopled, settingsText, town, variables } from './e2e/cast.ts';
import { MODES, type Mode } from './e2e/town.ts';

interface Surroundings {
  readonly slack: LocalSlack;
  readonly netserver: LocalNetServer;
  /** Starts the bot between them; what is given replaces its environment. */
  start(mode: Mode, environment?: Readonly<Record<string, string>>): Promise<RunningBot>;
  /** The fields of the log lines with this code. */
  logged(code: string): readonly unknown[];
}

async function surroundings(): Promise<Surroundings> {
  const slack = await startSlack(town);
  const netserver = await startNetServer(peopled(0));
  const running: RunningBot[] = [];
  const lines: string[] = [];
  onTestFinished(async () => {
    for (const bot of running) await bot.stop();
    await slack.close();
    await netserver.close();
  });
  return {
    slack,
    netserver,
    async start(mode, environment = {}) {
      const text = settingsText(mode, netserver.url, [['  ca_file:', '  # ca_file:']]);
      const given = { ...variables(slack.apiUrl, 'sqlite::memory:'), ...environment };
      const loaded = loadSettings(given, () => Buffer.from(text));
      if (!loaded.ok) throw new Error(loaded.report);
      const log = createLog({ level: 'debug', secrets: loaded.secrets, write: (line) => lines.push(line) });
      const bot = await startBot(loaded, systemClock(), log);
      running.push(bot);
      return bot;
    },
    logged: (code) => lines.map((line): { msg?: unknown } => JSON.parse(line)).filter(({ msg }) => msg === code),
  };
}

async function get(port: number, path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
  const text = await response.text();
  return { status: response.status, body: text === '' ? '' : JSON.parse(text) };
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe.each(MODES)('the bot over %s', (mode) => {
  it('says when it is ready, and answers health questions on its port', async () => {
    const { slack, start, logged } = await surroundings();
    const { port } = await start(mode);
    await slack.until(() => logged('netserver_ready').length > 0, { what: 'the first look at NetServer' });
    expect(logged('ready')).toEqual([
      expect.objectContaining({
        port,
        mode,
        team: 'T0NORTH',
        database: 'sqlite',
        policy: expect.stringMatching(/^[0-9a-f]{12}$/),
      }),
    ]);
    expect(await get(port, '/healthz')).toEqual({ status: 200, body: { alive: true } });
    expect(await get(port, '/readyz')).toEqual({
      status: 200,
      body: {
        state: 'ready',
        slack: 'connected',
        // The second connection comes some seconds later.
        slack_connections: mode === 'socket' ? ['connected', 'starting'] : ['connected'],
        policy: 'active',
        database: 'writable',
        clock: 'own',
        netserver: 'answering',
      },
    });
    expect((await fetch(`http://127.0.0.1:${port}/elsewhere`)).status).toBe(404);
  });

  it('starts while NetServer is away, says so, and is ready all the same', async () => {
    const { netserver, slack, start, logged } = await surroundings();
    await netserver.refuse();
    const { port } = await start(mode);
    await slack.until(() => logged('netserver_away').length > 0);
    expect(logged('netserver_away')).toEqual([expect.objectContaining({ level: 'warn', code: 'refused_connection' })]);
    expect(await get(port, '/readyz')).toMatchObject({
      status: 200,
      body: { state: 'degraded', netserver: 'refused_connection' },
    });
  });

  it('does not start where Slack refuses the bot token, and leaves nothing open', async () => {
    const { start } = await surroundings();
    const port = await freePort();
    const wrong = start(mode, { SLACK_BOT_TOKEN: 'xoxb-wrong', PORT: String(port) });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_auth' });
    await expect(get(port, '/healthz')).rejects.toThrow();
  });

  it('tells the operator early what approvers would notice late', async () => {
    const { slack, netserver, start, logged } = await surroundings();
    slack.workspace.setChannel('C0APPROVALS', {
      members: ['U0ALICE', 'U0OLA'],
      is_private: false,
      is_ext_shared: true,
    });
    netserver.addAccount({ userName: 'slackbot', password: 'local-password', associateId: 77, functionRights: [] });
    await start(mode);
    await slack.until(() => logged('netserver_ready').length > 0 && logged('approvals_channel').length > 1, {
      what: 'the first looks',
    });
    expect(logged('approvals_channel')).toEqual([
      expect.objectContaining({ level: 'error', channel: 'C0APPROVALS', problem: 'not_in_channel' }),
      expect.objectContaining({ level: 'error', channel: 'C0APPROVALS', problem: 'shared' }),
    ]);
    const lacks = (right: string, hint: string) => expect.objectContaining({ level: 'warn', right, hint });
    expect(logged('netserver_right_missing')).toEqual([
      lacks('admin-users', 'SuperOffice may refuse to log anybody off'),
      lacks('see-other-companies-associates', 'users who belong to other companies may be missing'),
    ]);
  });

  it('does not start on a port that is taken', async () => {
    const { start } = await surroundings();
    const { port } = await start(mode);
    const again = await surroundings();
    await expect(again.start(mode, { PORT: `${port}` })).rejects.toMatchObject({ syscall: 'listen', port });
  });
});

describe('the bot over socket', () => {
  it('does not start where Slack refuses the app token', async () => {
    const { start } = await surroundings();
    await expect(start('socket', { SLACK_APP_TOKEN: 'xapp-wrong' })).rejects.toMatchObject({ code: 'invalid_auth' });
  });

  it('is degraded and in service while SuperOffice does not let it in, and says so', async () => {
    const { netserver, slack, start, logged } = await surroundings();
    netserver.trouble('AuthenticateUsernamePassword', { kind: 'wrong-password' });
    const { port } = await start('socket');
    await slack.until(() => logged('netserver_away').length > 0);
    expect(await get(port, '/readyz')).toMatchObject({
      status: 200,
      body: { state: 'degraded', netserver: 'credentials' },
    });
    expect(logged('netserver_state')).toEqual([expect.objectContaining({ level: 'warn', netserver: 'credentials' })]);
  });

  it('is alive but not ready while its connection to Slack is gone', async () => {
    const { slack, start } = await surroundings();
    const { port } = await start('socket');
    slack.faults.always('apps.connections.open', { kind: 'status', status: 503 });
    slack.sockets.cut();
    let ready = await get(port, '/readyz');
    for (let look = 0; ready.status === 200 && look < 100; look += 1) ready = await get(port, '/readyz');
    expect(ready).toMatchObject({ status: 503, body: { state: 'not_ready', slack: 'reconnecting' } });
    expect((await get(port, '/healthz')).status).toBe(200);
  });
});
