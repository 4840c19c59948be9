import { NetServerError } from '../../netserver/errors.ts';
import type { NetServerInspection } from '../../netserver/inspect.ts';
import type { SystemInfo } from '../../netserver/system-info.ts';
import type { ServicesVersion } from '../../netserver/wsdl/document.ts';
import { describeError } from './describe-error.ts';
import { type Finding, ok, wrong } from './finding.ts';

/** Newest first. What the bot uses is the same in all of them. */
const VERSIONS: readonly ServicesVersion[] = [88, 87, 86, 85, 84];

/** Which version of the services answers, if any, and what the server said of itself there. */
export interface FoundServices {
  readonly finding: Finding;
  readonly answering?: { readonly services: ServicesVersion; readonly info: SystemInfo };
}

/** Tries the version of the settings and, where that does not answer, the others from 88 down. */
export async function findServices(
  wanted: ServicesVersion,
  netserver: Pick<NetServerInspection, 'systemInfo'>,
): Promise<FoundServices> {
  const first = await attempt(wanted, netserver);
  if (!(first instanceof NetServerError)) {
    return { finding: ok(`${wanted}, as in the settings`), answering: { services: wanted, info: first } };
  }
  // Only an address that is not there, or not understood, can be another version's.
  if (!/^(?:wrong_path|fault|not_soap|no_verdict)$/.test(first.code)) return { finding: describeError(first) };
  for (const services of VERSIONS.filter((version) => version !== wanted)) {
    const found = await attempt(services, netserver);
    if (found instanceof NetServerError) continue;
    const say = `version ${wanted} of the services does not answer, ${services} does`;
    return {
      finding: wrong(say, `Set netserver.services: ${services}`),
      answering: { services, info: found },
    };
  }
  const { say, todo = '' } = describeError(first);
  return { finding: wrong(`no version from 88 to 84 answers. ${say}`, todo) };
}

async function attempt(
  services: ServicesVersion,
  netserver: Pick<NetServerInspection, 'systemInfo'>,
): Promise<SystemInfo | NetServerError> {
  try {
    return await netserver.systemInfo(services);
  } catch (error) {
    if (error instanceof NetServerError) return error;
    throw error;
  }
}
