import { describeInstant, type Instant } from '../../core/time.ts';
import type { ShownCertificate } from '../../netserver/reach.ts';
import { type Finding, ok, toCheck, wrong } from './finding.ts';

const DAY = 86_400_000;
/** Nobody gets a certificate in less. */
const SOON = 21 * DAY;

const TODO: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'Give the web server a new certificate.',
  CERT_NOT_YET_VALID: 'Look at the clocks of this machine and of the authority.',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'Write the name into netserver.url that the certificate is for, or get one for this name.',
};
const AUTHORITY =
  'Put the certificate of the authority that issued it into a file (PEM), and name that in netserver.ca_file.';

/** What the certificate of an https server is worth. `ca` says whether the settings name an authority. */
export function describeCertificate(
  shown: ShownCertificate,
  { now, timeZone, hasCa }: { readonly now: Instant; readonly timeZone: string; readonly hasCa: boolean },
): Finding {
  const { problem, subject, issuer, names, validTo } = shown;
  const until = Date.parse(validTo);
  const end = Number.isNaN(until) ? validTo : describeInstant(until, timeZone, true);
  const who = `certificate for ${names === '' ? subject : names.replaceAll('DNS:', '').replaceAll('IP Address:', '')}, by ${issuer}`;
  if (problem !== undefined) {
    const more = hasCa ? ' The authority in netserver.ca_file did not issue it.' : '';
    const isKnown = Object.hasOwn(TODO, problem);
    return wrong(
      `${who}, until ${end}, is not accepted: ${problem}.${isKnown ? '' : more}`,
      TODO[problem] ?? AUTHORITY,
    );
  }
  const say = `${who}, until ${end}${hasCa ? ', trusted by netserver.ca_file' : ''}`;
  return until - now < SOON ? toCheck(say, 'It runs out soon: give the web server a new one.') : ok(say);
}
