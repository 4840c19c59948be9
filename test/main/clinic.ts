import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { loadSettings } from '../../src/config.ts';
import { doctorCommand } from '../../src/main/doctor.ts';
import { secrets, workspace } from '../../src/sandbox/cast.ts';
import {
  type LocalNetServer,
  type NetServerOptions,
  startNetServer,
} from '../../src/sandbox/netserver/local-netserver.ts';
import type { SlackOptions } from '../../src/sandbox/slack/options.ts';
import { type LocalSlack, startSlack } from '../../src/sandbox/slack/start.ts';
import { type Change, peopled, settingsText, variables } from '../e2e/cast.ts';
import { LOOPBACK_CERTIFICATE, LOOPBACK_KEY } from '../netserver/loopback-certificate.ts';

/** The workspace of the demo with the audit channel of the settings: nothing in it is wrong. */
export const house: SlackOptions = {
  ...workspace,
  channels: [...workspace.channels, { id: 'C0AUDIT', name: 'audit', members: ['U0ALICE', 'U0LOGOFF'] }],
};

/** What is other than in a good installation. */
export interface Installation {
  readonly mode?: 'socket' | 'http';
  readonly settings?: readonly Change[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly slack?: Partial<SlackOptions>;
  readonly netserver?: Partial<NetServerOptions>;
  /** The file that netserver.ca_file names. */
  readonly ca?: string;
  /** NetServer over plain http. */
  readonly noTls?: true;
  /** Replaces the address of NetServer in the settings. */
  readonly url?: (url: string) => string;
  /** Done to the running servers before the doctor comes. */
  readonly spoil?: (world: { readonly slack: LocalSlack; readonly netserver: LocalNetServer }) => void | Promise<void>;
}

export interface Visit {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  /** The lines of one check, without its name: "ok     as Slack's". */
  lines(check: string): readonly string[];
  /** Lines that are not `ok` and not among those that only a person can judge. */
  readonly complaints: readonly string[];
  readonly slack: LocalSlack;
  readonly netserver: LocalNetServer;
}

/** What can never be told from here, in a good installation too. */
const ALWAYS = /^check +slack\.(?:should_escape|signing_secret) /;

/**
 * Lets the doctor look at an installation with a local Slack and a local SuperOffice. Whatever is wrong with it, nobody is
 * logged off, nothing is posted, and no secret is told.
 */
export async function visit(installation: Installation = {}, args: readonly string[] = []): Promise<Visit> {
  const {
    mode = 'socket',
    settings = [],
    environment = {},
    ca = LOOPBACK_CERTIFICATE,
    url = (same) => same,
  } = installation;
  const folder = scratch();
  const slack = await startSlack({ ...house, ...installation.slack });
  const tls = { key: LOOPBACK_KEY, cert: LOOPBACK_CERTIFICATE };
  const netserver = await startNetServer({
    ...peopled(0),
    ...(installation.noTls === true ? {} : { tls }),
    ...installation.netserver,
  });
  onTestFinished(async () => {
    await slack.close();
    await netserver.close();
  });
  await installation.spoil?.({ slack, netserver });
  const text = settingsText(mode, url(netserver.url), settings);
  // A database that is there was begun without a key.
  const key = environment['DATABASE_URL'] === undefined ? { AUDIT_KEY: 'local-audit-key' } : {};
  const given = { ...variables(slack.apiUrl, `sqlite:${join(folder, 'logoff.db')}`), ...key, ...environment };
  let [out, error] = ['', ''];
  const code = await doctorCommand(
    args,
    () => loadSettings(given, (path) => Buffer.from(path === 'logoff.yml' ? text : ca)),
    systemClock(),
    {
      out: (said) => {
        out += said;
      },
      complain: (said) => {
        error += said;
      },
    },
  );
  const lines = out.split('\n').filter((line) => /^(?:ok|check|wrong|skipped) /.test(line));
  expectHarmless(slack, netserver, out + error, given);
  return {
    code,
    out,
    error,
    slack,
    netserver,
    lines: (check) =>
      lines.filter((line) => line.split(/ +/)[1] === check).map((line) => line.replace(/^(\w+) +\S+ +/, '$1 ')),
    complaints: lines
      .filter((line) => !line.startsWith('ok ') && !ALWAYS.test(line))
      .map((line) => line.replace(/^(\w+) +(\S+) +/, '$1 $2 ')),
  };
}

const READS =
  /^(?:auth\.test|bots\.info|apps\.connections\.open|conversations\.(?:info|members)|users\.info|usergroups\.)/;

function expectHarmless(
  slack: LocalSlack,
  netserver: LocalNetServer,
  said: string,
  given: Readonly<Record<string, string>>,
): void {
  expect(netserver.calls('LogOffWindowsUsers')).toEqual([]);
  expect(netserver.loggedOn()).toEqual([101, 102, 104, 105]);
  const written = slack.journal.calls().filter(({ method }) => !READS.test(method));
  expect(written).toEqual([]);
  expect(slack.sockets.open()).toBe(0);
  // Accounts lock.
  expect(netserver.calls('AuthenticateUsernamePassword').length).toBeLessThan(2);
  const { NETSERVER_PASSWORD = '', SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '', SLACK_SIGNING_SECRET = '' } = given;
  for (const secret of [
    ...Object.values(secrets).filter((each) => each !== secrets.netserverUser),
    NETSERVER_PASSWORD,
    SLACK_BOT_TOKEN,
    SLACK_APP_TOKEN,
    SLACK_SIGNING_SECRET,
    given['AUDIT_KEY'] ?? '',
    '7T:',
    'hunter2',
  ])
    if (secret !== '') expect(said).not.toContain(secret);
}

/** A folder of its own, taken away afterwards. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-clinic-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A clock that is behind. */
export const ago = (ms: number) => () => Date.now() - ms;

/** What is wrong, and all that the doctor has to say about it: whole lines, or how they look. */
export type Ill = readonly [what: string, installation: Installation, said: readonly (string | RegExp)[]];

/** Lets the doctor come, who says just this and nothing else. */
export async function visitTheIll(_what: string, installation: Installation, said: Ill[2]): Promise<void> {
  const { code, complaints, out } = await visit(installation);
  const all = complaints.join('\n');
  for (const expected of said) {
    const found = complaints.some((line) => (typeof expected === 'string' ? line === expected : expected.test(line)));
    expect.soft(found, `${expected} in\n${all}`).toBe(true);
  }
  expect(complaints.length, all).toBe(said.length);
  const isWrong = complaints.some((line) => line.startsWith('wrong '));
  expect(code).toBe(isWrong ? 1 : 0);
  expect(out.trimEnd().split('\n').at(-1)).toMatch(isWrong ? /^\d+ wrong\./ : /^Nothing wrong\./);
}
