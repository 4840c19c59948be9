import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { load, problems, SMALL, VARIABLES } from './world.ts';

const HTTP = SMALL.replace('netserver:', 'slack: { mode: http }\nnetserver:');

/** The environment's problems with these variables changed. */
const wrong = (change: Readonly<Record<string, string>>, text = SMALL, files: Readonly<Record<string, string>> = {}) =>
  problems(load(text, { ...VARIABLES, ...change }, files));

describe('the environment', () => {
  it('gives what a socket bot needs, with defaults that keep it to this machine', () => {
    const loaded = load(SMALL);
    if (!loaded.ok) throw new Error(loaded.report);
    const { environment } = loaded;
    expect(environment.slackBotToken.reveal()).toBe('xoxb-canary-bot');
    expect(environment.slackAppToken?.reveal()).toBe('xapp-canary-app');
    expect(environment.netserverUsername).toBe('logoff-bot');
    expect(environment.databaseUrl.reveal()).toBe('sqlite:data/logoff.db');
    expect(environment).toMatchObject({ host: '127.0.0.1', port: 3000, logLevel: 'info' });
    expect(environment.auditKey).toBeUndefined();
    expect(environment.metricsPort).toBeUndefined();
  });

  it('needs the signing secret instead of the app token in http mode, and listens to the outside there', () => {
    const { SLACK_APP_TOKEN: _, ...variables } = VARIABLES;
    expect(problems(load(HTTP, variables))).toEqual([
      'environment  SLACK_SIGNING_SECRET: is missing: slack.mode is http, which needs the signing secret of the Slack app',
    ]);
    const loaded = load(HTTP, { ...variables, SLACK_SIGNING_SECRET: '8f742231b10e' });
    expect(loaded).toMatchObject({ ok: true, environment: { host: '0.0.0.0' } });
  });

  it('needs the app token in socket mode', () => {
    expect(wrong({ SLACK_APP_TOKEN: ' ' })).toEqual([
      'environment  SLACK_APP_TOKEN: is missing: slack.mode is socket, which needs the app-level token (xapp-…)',
    ]);
  });

  it('asks for neither where the settings file does not say which mode it is', () => {
    const { SLACK_APP_TOKEN: _, ...variables } = VARIABLES;
    expect(problems(load('slack: [', variables)).filter((line) => line.startsWith('environment'))).toEqual([]);
  });

  it('takes every secret from a file too, without the line end that editors add', () => {
    const files = Object.fromEntries(
      ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'NETSERVER_USERNAME', 'NETSERVER_PASSWORD'].map(
        (name) => [`/run/${name}`, `from-file-${name}\r\n`],
      ),
    );
    const more = {
      '/run/NETSERVER_APPLICATION_TOKEN': 'app\n',
      '/run/AUDIT_KEY': 'key ',
      '/run/DATABASE_URL': 'sqlite:x.db\n',
    };
    const all = { ...files, ...more };
    const variables = Object.fromEntries(Object.keys(all).map((path) => [`${path.slice(5)}_FILE`, path]));
    const loaded = load(SMALL, variables, all);
    if (!loaded.ok) throw new Error(loaded.report);
    const { environment } = loaded;
    expect(environment.slackBotToken.reveal()).toBe('from-file-SLACK_BOT_TOKEN');
    expect(environment.slackSigningSecret?.reveal()).toBe('from-file-SLACK_SIGNING_SECRET');
    expect(environment.netserverUsername).toBe('from-file-NETSERVER_USERNAME');
    expect(environment.netserverApplicationToken?.reveal()).toBe('app');
    expect(environment.auditKey?.reveal()).toBe('key ');
    expect(environment.databaseUrl.reveal()).toBe('sqlite:x.db');
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'a port for metrics that is none',
      { METRICS_PORT: '99999' },
      'METRICS_PORT: must be a whole number from 0 to 65535',
    ],
    ['one port for two things', { METRICS_PORT: '3000' }, 'METRICS_PORT: must be another port than PORT'],
    [
      'a secret set twice',
      { NETSERVER_PASSWORD_FILE: '/run/p' },
      'NETSERVER_PASSWORD: is set, and NETSERVER_PASSWORD_FILE too: keep one of them',
    ],
    [
      'a file that is not there',
      { AUDIT_KEY_FILE: '/run/k' },
      'AUDIT_KEY_FILE: names a file that cannot be used: there is no such file',
    ],
    ['an empty file', { AUDIT_KEY_FILE: '/run/empty' }, 'AUDIT_KEY_FILE: names an empty file'],
    [
      'a user token in place of the bot token',
      { SLACK_BOT_TOKEN: 'xoxp-1' },
      'SLACK_BOT_TOKEN: is another kind of token',
    ],
    [
      'the bot token in place of the app token',
      { SLACK_APP_TOKEN: 'xoxb-1' },
      'SLACK_APP_TOKEN: is another kind of token',
    ],
    [
      'a token with a line break',
      { SLACK_BOT_TOKEN: 'xoxb-1\nxoxb-2' },
      'SLACK_BOT_TOKEN: holds a space or a line break',
    ],
    ['a Slack address without /api/', { SLACK_API_URL: 'https://slack.com/api' }, 'SLACK_API_URL: must end in /api/'],
    [
      'a Slack address that sends tokens in the open',
      { SLACK_API_URL: 'http://slack.local/api/' },
      'SLACK_API_URL: sends the tokens readable',
    ],
    ['a port that is none', { PORT: '3000x' }, 'PORT: must be a whole number from 0 to 65535'],
    ['a host that is an address of the web', { HOST: 'http://0.0.0.0' }, 'HOST: must be an address of this machine'],
    ['another database', { DATABASE_URL: 'mysql://u:canary@db/x' }, 'DATABASE_URL: must start with sqlite:'],
    [
      'a database address that cannot be read',
      { DATABASE_URL: 'postgres://u:ca#na/ry@[db/x' },
      'DATABASE_URL: is no valid address',
    ],
    ['a log level that is none', { LOG_LEVEL: 'verbose' }, 'LOG_LEVEL: must be one of debug, info, warn, error'],
  ])('refuses %s', (_, change, expected) => {
    const lines = wrong(change, SMALL, { '/run/p': 'x', '/run/empty': '\n' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`environment  ${expected}`);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['names it does not know', { SLACK_TOKEN: 'x', LOGOFF_DEBUG: '1' }],
    ['empty values as not set', { PORT: '', LOG_LEVEL: ' ', AUDIT_KEY: '', AUDIT_KEY_FILE: '', DATABASE_URL: '' }],
    ['a free port', { PORT: '0' }],
    ['an unusual bot token', { SLACK_BOT_TOKEN: 'test-token' }],
    ['a Slack on this machine', { SLACK_API_URL: 'http://127.0.0.1:4001/api/' }],
    ['a PostgreSQL address', { DATABASE_URL: 'postgres://logoff@%2Fvar%2Frun%2Fpostgresql/logoff' }],
    ['a log level in capitals', { LOG_LEVEL: 'DEBUG' }],
  ])('takes %s', (_, change) => {
    expect(wrong(change)).toEqual([]);
  });

  it('shows no secret: not in any report, nor when the result is printed or written as JSON', () => {
    const canaries = {
      SLACK_BOT_TOKEN: 'xapp-canary-1',
      SLACK_APP_TOKEN: 'xoxb-canary-2',
      SLACK_SIGNING_SECRET: 'xoxb-canary-3',
      NETSERVER_PASSWORD: 'canary-4\nx',
      NETSERVER_APPLICATION_TOKEN: 'canary-5\nx',
      AUDIT_KEY: 'canary-6',
      AUDIT_KEY_FILE: 'canary-7',
      DATABASE_URL: 'mysql://u:canary-8@db/x',
      SLACK_API_URL: 'https://u:canary-9@slack.com/api/',
      HOST: 'canary-10 ',
      PORT: 'canary-11',
    };
    const refused = load(SMALL.replace('https://', 'https://u:canary-12@'), canaries);
    expect(refused.ok ? '' : refused.report).toMatch(/^12 problems/);
    expect(refused.ok ? '' : refused.report).not.toContain('canary');

    const database = 'postgres://u:canary%20db@db/x';
    const loaded = load(SMALL, { ...VARIABLES, AUDIT_KEY: 'canary-audit', DATABASE_URL: database });
    expect(loaded.ok).toBe(true);
    for (const shown of [
      inspect(loaded, { depth: 10, showHidden: true }),
      JSON.stringify(loaded),
      `${inspect(Object.entries(loaded))}`,
    ]) {
      expect(shown).not.toContain('canary');
    }
    const texts = loaded.ok ? loaded.secrets.map((one) => one.reveal()) : [];
    expect(texts).toEqual(
      expect.arrayContaining(['xoxb-canary-bot', 'canary-password', 'canary-audit', 'canary db', 'canary%20db']),
    );
    expect(texts).not.toContain('logoff-bot');
  });
});
