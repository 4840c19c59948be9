import { isJson, type Json, listOf } from '../json.ts';
import { checkBlock, type Surface } from './blocks.ts';
import { checkString, type Note, onlyKeys } from './shape.ts';
import { checkText } from './text-objects.ts';

const MOST_BLOCKS = { message: 50, modal: 100 } as const;

/**
 * All blocks of a message together. Slack documents no number: 13,297 characters were measured in one markdown block,
 * and 125 fewer with one more block beside it (slackapi/bolt-js#2509); rich text that came to 11,341 characters in many
 * small elements was refused (#2867). So every block and every piece of rich text has its price; the last is a guess.
 */
const MOST_WEIGHT = 13_297 + 125;
const BLOCK_WEIGHT = 125;
const RICH_PIECE_WEIGHT = 25;

/** A view as JSON may have 250 kB. */
const MOST_VIEW_BYTES = 250 * 1024;

function weigh(value: unknown, inRichText: boolean): number {
  if (Array.isArray(value)) return listOf(value).reduce<number>((sum, item) => sum + weigh(item, inRichText), 0);
  if (!isJson(value)) return 0;
  const rich = inRichText || value['type'] === 'rich_text';
  const piece = inRichText && value['type'] !== undefined && value['elements'] === undefined ? RICH_PIECE_WEIGHT : 0;
  return Object.entries(value).reduce(
    (sum, [key, member]) => sum + (key === 'text' && typeof member === 'string' ? member.length : weigh(member, rich)),
    piece,
  );
}

/** True where the blocks together are more than one message holds (`msg_blocks_too_long`). */
export function blocksTooLong(blocks: readonly unknown[]): boolean {
  return weigh(blocks, false) + blocks.length * BLOCK_WEIGHT > MOST_WEIGHT;
}

function collect(check: (note: Note) => void): string[] {
  const problems: string[] = [];
  check((at, problem) => void problems.push(`${problem} [json-pointer:${at}]`));
  return problems;
}

function checkBlocks(blocks: readonly unknown[], surface: Surface, at: string, note: Note): void {
  const most = MOST_BLOCKS[surface];
  if (blocks.length > most) note(at, `no more than ${most} items allowed`);
  const seen = new Set<string>();
  blocks.forEach((block, index) => {
    const here = `${at}/${index}`;
    if (!isJson(block)) {
      note(here, 'must provide an object');
      return;
    }
    checkBlock(block, surface, here, note);
    const id = block['block_id'];
    if (typeof id !== 'string') return;
    if (seen.has(id)) note(`${here}/block_id`, `block_id "${id}" already exists`);
    seen.add(id);
  });
}

/** What Slack would refuse about the shape of these blocks, as it says it; empty where nothing. */
export function blockShapeProblems(blocks: readonly unknown[], surface: Surface): string[] {
  return collect((note) => checkBlocks(blocks, surface, '/blocks', note));
}

/** Everything for which Slack would refuse these blocks, their length together included; empty where nothing. */
export function blockKitProblems(blocks: readonly unknown[], surface: Surface): string[] {
  const problems = blockShapeProblems(blocks, surface);
  if (surface === 'message' && blocksTooLong(blocks)) problems.push('msg_blocks_too_long [json-pointer:/blocks]');
  return problems;
}

const VIEW_KEYS = [
  'type',
  'title',
  'blocks',
  'close',
  'submit',
  'private_metadata',
  'callback_id',
  'clear_on_close',
  'notify_on_close',
  'external_id',
  'submit_disabled',
];

function checkView(view: Json, note: Note): void {
  if (view['type'] !== 'modal') note('/view/type', 'must be modal');
  onlyKeys(view, VIEW_KEYS, '/view', note);
  checkText(view, 'title', { max: 24, plain: true, required: true }, '/view', note);
  checkText(view, 'submit', { max: 24, plain: true }, '/view', note);
  checkText(view, 'close', { max: 24, plain: true }, '/view', note);
  checkString(view, 'private_metadata', { max: 3000, mayBeEmpty: true }, '/view', note);
  checkString(view, 'callback_id', { max: 255, mayBeEmpty: true }, '/view', note);
  checkString(view, 'external_id', { max: 255, mayBeEmpty: true }, '/view', note);
  if (!Array.isArray(view['blocks'])) note('/view', 'missing required field: blocks');
  const blocks = listOf(view['blocks']);
  checkBlocks(blocks, 'modal', '/view/blocks', note);
  if (view['submit'] === undefined && blocks.some((block) => isJson(block) && block['type'] === 'input')) {
    note('/view', 'missing required field: submit (the view has inputs)');
  }
}

/** Everything for which Slack would refuse this modal; `view_too_large` stands alone. */
export function viewProblems(view: unknown): string[] {
  if (!isJson(view)) return ['must provide an object [json-pointer:/view]'];
  if (Buffer.byteLength(JSON.stringify(view)) > MOST_VIEW_BYTES) return ['view_too_large'];
  return collect((note) => checkView(view, note));
}
