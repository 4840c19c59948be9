import type { types } from '@slack/bolt';
import type { Part } from '../core/cards/card.ts';
import { type Caps, drawPart } from './blocks.ts';
import { BLOCK_WEIGHT, MOST_BLOCKS, MOST_WEIGHT, type Surface } from './limits.ts';

type Block = types.KnownBlock;

const ALL = Number.POSITIVE_INFINITY;
const FEWEST: Caps = { items: 3, chars: 40 };
const TOO_MUCH: Block = { type: 'context', elements: [{ type: 'mrkdwn', text: '… and more than fits here.' }] };

const weigh = (blocks: readonly Block[]): number => JSON.stringify(blocks).length + blocks.length * BLOCK_WEIGHT;

const fits = (blocks: readonly Block[], surface: Surface): boolean =>
  blocks.length <= MOST_BLOCKS[surface] && weigh(blocks) <= MOST_WEIGHT[surface];

/** The largest whole number in the range for which `holds`, where it holds for all below as well; none gives nothing. */
function largest(from: number, to: number, holds: (n: number) => boolean): number | undefined {
  let [low, high] = [from, to];
  if (low > high || !holds(low)) return undefined;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Leaves out whole blocks from the end, never the buttons, until the rest fits. */
function trimmed(blocks: readonly Block[], surface: Surface): Block[] {
  const rows = blocks.filter(({ type }) => type === 'actions');
  const buttons = rows.slice(
    0,
    largest(0, rows.length, (n) => fits([TOO_MUCH, ...rows.slice(0, n)], surface)),
  );
  const others = blocks.filter(({ type }) => type !== 'actions');
  const kept = largest(0, others.length, (n) => fits([...others.slice(0, n), TOO_MUCH, ...buttons], surface)) ?? 0;
  return [...others.slice(0, kept), TOO_MUCH, ...buttons];
}

/**
 * Parts as blocks that Slack takes, whatever they hold: where they do not fit, first lists get shorter ("and N more"),
 * then texts, then whole blocks are left out.
 */
export function fitBlocks(parts: readonly Part[], surface: Surface, timeZone: string): Block[] {
  const draw = (caps: Caps) => parts.flatMap((part, at) => drawPart(part, `part-${at}`, caps, timeZone));
  const holds = (caps: Caps) => fits(draw(caps), surface);
  if (holds({ items: ALL, chars: ALL })) return draw({ items: ALL, chars: ALL });

  const longest = Math.max(0, ...parts.map((part) => (part.kind === 'list' ? part.items.length : 0)));
  const items = largest(FEWEST.items, longest, (n) => holds({ items: n, chars: ALL }));
  if (items !== undefined) return draw({ items, chars: ALL });

  const chars = largest(FEWEST.chars, 3_000, (n) => holds({ items: FEWEST.items, chars: n }));
  if (chars !== undefined) return draw({ items: FEWEST.items, chars });
  return trimmed(draw(FEWEST), surface);
}
