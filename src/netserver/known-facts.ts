import type { Duration } from '../core/time.ts';
import type { NetServer } from './netserver.ts';
import type { ServerFacts } from './server-facts.ts';

/** A server is not exchanged often; its user's rights are looked at again after this. */
const KEEP: Duration = 10 * 60_000;

export interface KnownFacts extends ServerFacts {
  /** The version of the web services that is spoken. */
  readonly services: number;
}

/** The facts of the server, asked once for many who want them at a time, and kept some minutes. */
export function knownFacts(
  netserver: Pick<NetServer, 'serverFacts'>,
  services: number,
  monotonic: () => number,
): () => Promise<KnownFacts> {
  let known: { readonly at: number; readonly facts: Promise<KnownFacts> } | undefined;
  return () => {
    if (known !== undefined && monotonic() - known.at < KEEP) return known.facts;
    const asked = { at: monotonic(), facts: netserver.serverFacts().then((facts) => ({ ...facts, services })) };
    known = asked;
    asked.facts.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked.facts;
  };
}
