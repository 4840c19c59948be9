import { blockShapeProblems, blocksTooLong } from '../block-kit/problems.ts';
import { type Json, listOf, objectsOf } from '../json.ts';
import { type Args, type Refusal, refuse } from './method.ts';

/** A new message may hold 40,000 characters of text, a changed one 4,000. */
const MOST_TEXT = { new: 40_000, changed: 4_000 } as const;

export interface Content {
  readonly text: string;
  readonly blocks: readonly Json[];
}

/** Text and blocks of a message as Slack takes them, or its refusal. */
export function checkContent(text: string, given: unknown, kind: 'new' | 'changed'): Content | Refusal {
  if (given !== undefined && !Array.isArray(given)) return refuse('invalid_blocks_format');
  const list = listOf(given);
  const problems = blockShapeProblems(list, 'message');
  if (problems.length > 0) return refuse('invalid_blocks', problems, { errors: problems });
  if (blocksTooLong(list)) return refuse('msg_blocks_too_long');
  if (text.length > MOST_TEXT[kind]) return refuse('msg_too_long');
  if (text === '' && list.length === 0) return refuse('no_text');
  return { text, blocks: objectsOf(list) };
}

/** The content in the arguments of a `chat` method, or Slack's refusal. */
export function contentOf(args: Args, kind: 'new' | 'changed'): Content | Refusal {
  if (args.has('attachments') && listOf(args.structure('attachments')).length > 0) {
    return refuse('invalid_attachments', ['attachments are not drawn by this local Slack; use blocks']);
  }
  if (args.has('blocks') && args.structure('blocks') === undefined) return refuse('invalid_blocks_format');
  return checkContent(args.text('text'), args.has('blocks') ? args.structure('blocks') : undefined, kind);
}
