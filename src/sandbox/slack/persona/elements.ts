import { isJson, type Json, objectOf, objectsOf, textOf } from '../json.ts';

/** Something in a message or modal that a person can press, choose from or write in. */
export interface Interactive {
  readonly block: Json;
  readonly element: Json;
  readonly label: string;
}

const NOT_INTERACTIVE = ['image', 'mrkdwn', 'plain_text'];

function labelOf(block: Json, element: Json): string {
  const own = textOf(objectOf(element['text'])['text']);
  if (own !== '') return own;
  if (block['type'] === 'input') return textOf(objectOf(block['label'])['text']);
  return textOf(objectOf(element['placeholder'])['text']);
}

/** Everything interactive in the blocks, from top to bottom. */
export function interactives(blocks: readonly Json[]): readonly Interactive[] {
  return blocks.flatMap((block) => {
    const elements =
      block['type'] === 'actions'
        ? objectsOf(block['elements'])
        : [block['accessory'], block['element']].filter((each) => isJson(each));
    return elements
      .filter((element) => !NOT_INTERACTIVE.includes(textOf(element['type'])))
      .map((element) => ({ block, element, label: labelOf(block, element) }));
  });
}

/** Which one is meant: by label, action id or block id, or by more than one of them. */
export type Which =
  | string
  | { readonly label?: string; readonly action_id?: string; readonly block_id?: string; readonly value?: string };

function fits({ block, element, label }: Interactive, which: Which): boolean {
  if (typeof which === 'string') {
    return element['action_id'] === which || block['block_id'] === which || label.toLowerCase() === which.toLowerCase();
  }
  return (
    (which.label === undefined || label === which.label) &&
    (which.action_id === undefined || element['action_id'] === which.action_id) &&
    (which.block_id === undefined || block['block_id'] === which.block_id) &&
    (which.value === undefined || element['value'] === which.value)
  );
}

/** The one that is meant, or undefined; throws where more than one fits. */
export function findInteractive(blocks: readonly Json[], which: Which): Interactive | undefined {
  const found = interactives(blocks).filter((each) => fits(each, which));
  if (found.length > 1) throw new Error(`${found.length} elements fit ${JSON.stringify(which)}: name the block too`);
  return found[0];
}

/** For the error message of a test that looks for something that is not there. */
export function labels(blocks: readonly Json[]): string {
  return interactives(blocks)
    .map(({ label, element }) => label || textOf(element['action_id']))
    .join(', ');
}
