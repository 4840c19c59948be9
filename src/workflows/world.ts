import type { ChannelId, SlackUserId } from '../core/ids.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { NoteEntry } from '../core/request/entry.ts';
import type { VerifySettings } from '../core/request/sightings.ts';
import type { Duration } from '../core/time.ts';
import type {
  Clock,
  DrawingStore,
  Log,
  Messenger,
  NetServerPort,
  PeopleDirectory,
  PolicyStore,
  RequestStore,
  SlackDirectory,
} from './ports.ts';
import type { PauseStore } from './rule-ports.ts';

/** Everything the workflows need from outside. `app.ts` puts it together; tests give their own. */
export interface World {
  readonly clock: Clock;
  readonly log: Log;
  /** This process, in claims and leases: unique for each start. */
  readonly holder: string;
  /** No other process can be running on these records (SQLite): what another holder claimed is dead. */
  readonly alone?: boolean;
  /** Whether the time cannot be gone by at the moment; absent where no other process's clock counts. */
  readonly clockIsOff?: () => boolean;
  readonly policy: Policy;
  /** In which times of day are understood, such as Europe/Oslo. */
  readonly timeZone: string;
  readonly verify: VerifySettings;
  /** How long one SOAP call may take. */
  readonly callLimit: Duration;
  readonly approvalsChannel: ChannelId | undefined;
  /** Where the bot says what concerns itself. */
  readonly auditChannel?: ChannelId | undefined;
  readonly requests: RequestStore;
  readonly drawings: DrawingStore;
  readonly policies: PolicyStore;
  /** The last command of this person that was refused, where it was not too long ago. */
  readonly lastRefusal?: (by: SlackUserId) => Promise<NoteEntry | undefined>;
  readonly pauses: PauseStore;
  readonly netserver: NetServerPort;
  readonly people: PeopleDirectory;
  readonly directory: SlackDirectory;
  readonly messenger: Messenger;
}
