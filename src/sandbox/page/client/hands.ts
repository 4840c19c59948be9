import type { Names } from './mrkdwn.ts';
import type { Filling, Json, Spot, SuggestedGroup } from './told.ts';

/** What can be done with the things in a message or window; drawing knows nothing more of the outside. */
export interface Hands {
  readonly names: Names;
  /** Begins the ids of elements, so that they are unique on the page. */
  readonly scope: string;
  /** A button: asks first where it has a confirm dialog. */
  press(spot: Spot, element: Json): void;
  /** A menu that acts at once. */
  choose(spot: Spot, element: Json, choice: Filling): void;
  /** What the app offers for what was typed; undefined where it gave no answer. */
  suggest(spot: Spot, query: string): Promise<readonly SuggestedGroup[] | undefined>;
  /** What was filled in here before it was drawn anew. */
  filled(spot: Spot): Filling | undefined;
  /** Keeps what is filled in until it is sent. */
  fill(spot: Spot, filling: Filling): void;
}

/** For finding a thing again after drawing anew. */
export const focusName = ({ block_id, action_id }: Spot): string => `${block_id} ${action_id}`;
