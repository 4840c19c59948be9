import type { Receiver } from '@slack/bolt';

/** How the line to Slack is at the moment. */
export type LineState = 'starting' | 'connected' | 'reconnecting' | 'disconnected';

/** The way in which payloads reach us, sockets or a server, with the port that answers health questions. */
export interface Line {
  /** What Bolt is given; only `init` matters, the line is started and stopped here. */
  readonly receiver: Receiver;
  /** Opens the port. Rejects where it is taken. */
  listen(): Promise<{ readonly port: number }>;
  /** Ready to be reached by Slack; waits as long as it cannot be. */
  connect(): Promise<void>;
  /** Takes nothing more in. Rejects nothing: what does not close by itself is cut. */
  closeIntake(): Promise<void>;
  /** Ends the rest once work is done. */
  end(): Promise<void>;
  /** How it is as a whole: `connected` as long as Slack can reach us by one connection. */
  state(): LineState;
  /** How each connection is; one where Slack calls us. */
  connections(): readonly LineState[];
}
