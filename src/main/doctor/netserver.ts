import { EdgeError } from '../../core/errors.ts';
import type { Self } from '../../netserver/log-on.ts';
import { productOf } from '../../netserver/server-facts.ts';
import { describeCertificate } from './certificate.ts';
import { type Finding, type Line, ok, skipped, toCheck, wrong } from './finding.ts';
import { examineAccount } from './netserver-account.ts';
import { type FoundServices, findServices } from './services.ts';
import type { Tools } from './tools.ts';

const STEPS = ['tls', 'services', 'version', 'logon', 'rights', 'users', 'logged_on'] as const;
type Step = (typeof STEPS)[number];

/**
 * NetServer, from the outside in: the address, TLS, the services, and what the bot's user may do. What an earlier step
 * makes impossible is not tried, above all no logon. Nobody is ever logged off.
 */
export async function examineNetServer(tools: Tools): Promise<readonly Line[]> {
  const { examine, netserver, configuration } = tools;
  const { url, services: wanted } = configuration.settings.netserver;
  const address = await examine('netserver.address', async () => {
    const found = await netserver.reach();
    return ok(`${url} is at ${found.address}, port ${found.port}`);
  });
  if (!isUsable(address)) return [...address, ...leftOut('tls', 'NetServer cannot be reached')];

  const tls = await examine('netserver.tls', () => examineTls(tools));
  const reached = [...address, ...tls];
  if (!isUsable(tls)) return [...reached, ...leftOut('services', 'no connection that can be trusted')];

  let found: FoundServices | undefined;
  const services = await examine('netserver.services', async () => {
    found = await findServices(wanted, netserver);
    return found.finding;
  });
  // It was set in there, which the compiler cannot see.
  const answering = (found as FoundServices | undefined)?.answering;
  await hearClock(tools, answering?.services ?? wanted);
  if (answering === undefined) return [...reached, ...services, ...leftOut('version', 'no services to ask')];

  const { lines, self } = await examineAccount(tools, netserver.account(answering.services));
  const version = await examine('netserver.version', async () => describeProduct(url, answering, self));
  return [...reached, ...services, ...version, ...lines];
}

const isUsable = (lines: readonly Line[]): boolean => lines.every(({ state }) => state !== 'wrong');

const leftOut = (from: Step, why: string): readonly Line[] =>
  STEPS.slice(STEPS.indexOf(from)).map((step) => ({ check: `netserver.${step}`, ...skipped(why) }));

async function examineTls({ configuration, netserver, clock }: Tools): Promise<Finding> {
  const { timeZone, netserver: settings } = configuration.settings;
  if (!settings.url.startsWith('https:')) {
    const { hostname } = new URL(settings.url);
    if (/^(?:localhost|127\.|\[::1\])/.test(hostname)) return ok('none is needed within this machine');
    return toCheck(
      'none: the password crosses the network readable',
      'Give the web server a certificate, and write https:// into netserver.url.',
    );
  }
  if (settings.ca === '')
    return wrong('netserver.ca_file names no file, so no server is trusted', 'Put the file there.');
  const shown = await netserver.certificate();
  return describeCertificate(shown, { now: clock.now(), timeZone, hasCa: settings.ca !== undefined });
}

/** No check of its own: what is heard is compared with the other clocks. */
async function hearClock(
  { netserver, clocks }: Tools,
  services: Parameters<Tools['netserver']['date']>[0],
): Promise<void> {
  try {
    const date = await netserver.date(services);
    if (date !== undefined) clocks.hearDate('netserver', date);
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
  }
}

function describeProduct(
  url: string,
  { info }: NonNullable<FoundServices['answering']>,
  self: Self | undefined,
): Finding {
  const { version, windowsClient, online } = productOf(url, info, self?.databaseContext);
  const named = info.description.trim() === '' ? 'NetServer' : info.description.trim();
  const say = `${named}, version ${version ?? 'not told'}`;
  if (online) return wrong(`${say}: SuperOffice Online has no Windows client`, 'There is nobody to log off here.');
  if (windowsClient === 'no')
    return wrong(`${say}: the Windows client ended with 8.5`, 'There is nobody to log off here.');
  return windowsClient === 'yes'
    ? ok(say)
    : toCheck(say, 'Look whether it is SuperOffice 8.0 to 8.5: later ones have no Windows client.');
}
