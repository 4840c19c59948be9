import type { Configuration } from '../../app.ts';
import type { NetServerInspection } from '../../netserver/inspect.ts';
import type { SlackInspection } from '../../slack/inspect.ts';
import type { Clock } from '../../workflows/ports.ts';
import type { Clocks } from './clocks.ts';
import type { Examine } from './examine.ts';

/** What every group of checks works with. */
export interface Tools {
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly examine: Examine;
  readonly slack: SlackInspection;
  readonly netserver: NetServerInspection;
  readonly clocks: Clocks;
}
