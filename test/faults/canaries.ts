import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { secrets } from '../../src/sandbox/cast.ts';
import type { Town } from '../e2e/raise-town.ts';

const AUDIT_KEY = 'canary-audit-key';
const APPLICATION_TOKEN = 'canary-application-token';

/** More secrets than the bot needs to run, and metrics, which it serves only where asked to. */
export const MORE_SECRETS = { AUDIT_KEY, NETSERVER_APPLICATION_TOKEN: APPLICATION_TOKEN, METRICS_PORT: '0' };

/** What must turn up nowhere but on its way to Slack and NetServer; tickets of the local NetServer begin with 7T. */
const CANARIES: Readonly<Record<string, string>> = {
  'the bot token': secrets.botToken,
  'the app token': secrets.appToken,
  'the signing secret': secrets.signingSecret,
  'the password': secrets.netserverPassword,
  'the audit key': AUDIT_KEY,
  'the application token': APPLICATION_TOKEN,
  'a ticket': '7T:',
  'an envelope': 'Envelope',
};

/** The forms in which a secret may hide. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
];

/** Which secrets are in these texts, as "secret in place". */
export function leaks(places: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    Object.entries(CANARIES)
      .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
      .map(([name]) => `${name} in ${place}`),
  );
}

/** A folder for the records of one world. */
export function recordsFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-faults-'));
  return {
    database: `sqlite:${join(folder, 'logoff.db')}`,
    read: () =>
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'latin1'))
        .join('\n'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Everything that the bot wrote anywhere, while it may still be asked. */
export async function written({ slack, log, inspected, bot }: Town): Promise<Readonly<Record<string, string>>> {
  const messages = slack.workspace.channels().flatMap(({ id }) => slack.workspace.messages(id));
  const get = async (path: string, port = bot().port) =>
    await (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } })).text();
  const metrics = await get('/metrics', metricsPortOf(log));
  if (!metrics.includes('superoffice_logoff_slack_call_seconds_count')) throw new Error('there are no metrics');
  return {
    'the log': log.join(''),
    'what was logged, inspected': inspected.join('\n'),
    Slack: JSON.stringify([messages, slack.journal.calls()]),
    '/readyz': await get('/readyz'),
    '/healthz': await get('/healthz'),
    '/metrics': metrics,
  };
}

/** Where the newest start serves metrics, as the log says. */
function metricsPortOf(log: readonly string[]): number {
  const line = log.findLast((each) => each.includes('"msg":"metrics_served"'));
  if (line === undefined) throw new Error('metrics are not served');
  return z.object({ port: z.number() }).parse(JSON.parse(line)).port;
}
