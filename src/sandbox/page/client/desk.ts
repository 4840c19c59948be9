import { objectOf, objectsOf } from '../../slack/json.ts';
import { ask } from './ask.ts';
import { byId, h } from './dom.ts';
import type { Hands } from './hands.ts';
import { perform } from './server.ts';
import type { Deed, Done, Filling, Json, Place, Spot, Told } from './told.ts';

const keyOf = ({ block_id, action_id }: Spot): string => `${block_id} ${action_id}`;

/** Says something that went wrong, for a while, above whatever is open. */
export function complain(words: string): void {
  const toasts = byId('toasts');
  const toast = h('p', { class: 'toast' }, words);
  // What is shown last is on top.
  toasts.hidePopover();
  toasts.append(toast);
  toasts.showPopover();
  setTimeout(() => {
    toast.remove();
    if (toasts.childElementCount === 0) toasts.hidePopover();
  }, 8_000);
}

/** Does something as this person, and says it where it did not come out. */
export async function act(me: string, deed: Deed): Promise<Done> {
  const done = await perform(me, deed);
  if (done.problem !== undefined) complain(done.problem);
  return done;
}

/** What is filled in on this page but not yet sent, by message or window. */
const filledIn = new Map<string, Map<string, { readonly spot: Spot; readonly filling: Filling }>>();

export function filledAt(where: string): readonly { readonly spot: Spot; readonly filling: Filling }[] {
  return [...(filledIn.get(where)?.values() ?? [])];
}

/** Words typed into the inputs of these blocks, by block id. */
function wordsIn(where: string, blocks: readonly Json[]): Readonly<Record<string, string>> {
  const texts = blocks.filter((block) => objectOf(block['element'])['type'] === 'plain_text_input');
  const ids = new Set(texts.map((block) => block['block_id']));
  const words = filledAt(where).flatMap(({ spot, filling }) =>
    typeof filling === 'string' && ids.has(spot.block_id) ? [[spot.block_id, filling] as const] : [],
  );
  return Object.fromEntries(words);
}

/** Hands for what stands in one message or window. */
export function handsAt(told: Told, where: string, place: Place, blocks: readonly Json[]): Hands {
  const kept = filledIn.get(where) ?? new Map<string, { spot: Spot; filling: Filling }>();
  filledIn.set(where, kept);
  const values = () => wordsIn(where, blocks);
  const agreed = async (element: Json, hands: Hands): Promise<boolean> =>
    element['confirm'] === undefined || (await ask(objectOf(element['confirm']), hands));
  const hands: Hands = {
    names: told,
    scope: where.replaceAll(/[^\w-]/g, '-'),
    async press(spot, element) {
      if (await agreed(element, hands)) await act(told.me, { do: 'press', place, spot, values: values() });
    },
    async choose(spot, element, choice) {
      if (await agreed(element, hands)) await act(told.me, { do: 'choose', place, spot, choice, values: values() });
    },
    async suggest(spot, query) {
      return (await act(told.me, { do: 'suggest', place, spot, query })).suggested;
    },
    filled: (spot) => kept.get(keyOf(spot))?.filling,
    fill: (spot, filling) => void kept.set(keyOf(spot), { spot, filling }),
  };
  return hands;
}

/** The block ids of inputs that these blocks have. */
export const blockIds = (blocks: readonly Json[]): ReadonlySet<unknown> =>
  new Set(objectsOf(blocks).map((block) => block['block_id']));
