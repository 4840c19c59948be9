import type { Configuration } from '../app.ts';
import type { Measure } from '../core/measure.ts';
import type { NetServerOptions } from '../netserver/netserver.ts';
import type { Clock, Log } from '../workflows/ports.ts';

/** What the settings say about NetServer, as its edge takes it. */
export function netServerOptions(
  { settings, environment }: Configuration,
  clock: Clock,
  log: Log,
  measure?: Measure,
): NetServerOptions {
  return {
    url: settings.netserver.url,
    services: settings.netserver.services,
    timeoutMs: settings.netserver.timeout,
    username: environment.netserverUsername,
    password: environment.netserverPassword.reveal(),
    applicationToken: environment.netserverApplicationToken?.reveal(),
    ca: settings.netserver.ca,
    monotonic: clock.monotonic,
    after: clock.after,
    log,
    measure,
  };
}
