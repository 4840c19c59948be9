import { isJson, type Json, listOf, objectsOf } from '../json.ts';
import { checkElement } from './elements.ts';
import { checkRichText } from './rich-text.ts';
import { checkList, checkString, type Note, onlyKeys } from './shape.ts';
import { checkText, checkTextObject } from './text-objects.ts';

export type Surface = 'message' | 'modal';

interface BlockKind {
  readonly keys: readonly string[];
  readonly surfaces: readonly Surface[];
  readonly check: (block: Json, at: string, note: Note) => void;
}

const BOTH: readonly Surface[] = ['message', 'modal'];

function section(block: Json, at: string, note: Note): void {
  if (block['text'] === undefined && block['fields'] === undefined) note(at, 'missing required field: text or fields');
  checkText(block, 'text', { max: 3000 }, at, note);
  if (block['fields'] !== undefined) {
    checkList(block, 'fields', { min: 1, max: 10 }, at, note, (field, here) =>
      checkTextObject(field, { max: 2000 }, here, note),
    );
  }
  if (block['accessory'] !== undefined) checkElement(block['accessory'], 'accessory', `${at}/accessory`, note);
}

function context(block: Json, at: string, note: Note): void {
  checkList(block, 'elements', { min: 1, max: 10 }, at, note, (element, here) => {
    if (element['type'] === 'image') checkElement(element, 'context', here, note);
    else checkTextObject(element, { max: 3000 }, here, note);
  });
}

function input(block: Json, at: string, note: Note): void {
  checkText(block, 'label', { max: 2000, plain: true, required: true }, at, note);
  checkText(block, 'hint', { max: 2000, plain: true }, at, note);
  checkElement(block['element'], 'input', `${at}/element`, note);
}

function image(block: Json, at: string, note: Note): void {
  checkText(block, 'title', { max: 2000, plain: true }, at, note);
  checkString(block, 'alt_text', { max: 2000, required: true }, at, note);
  if (block['slack_file'] === undefined) checkString(block, 'image_url', { max: 3000, required: true }, at, note);
}

function table(block: Json, at: string, note: Note): void {
  const rows = listOf(block['rows']);
  if (rows.length === 0) note(at, 'missing required field: rows');
  if (rows.length > 100) note(`${at}/rows`, 'no more than 100 items allowed');
  rows.forEach((row, r) => {
    const cells = listOf(row);
    if (cells.length > 20) note(`${at}/rows/${r}`, 'no more than 20 items allowed');
    cells.forEach((cell, c) => {
      const here = `${at}/rows/${r}/${c}`;
      if (!isJson(cell)) note(here, 'must provide an object');
      else if (cell['type'] === 'rich_text') checkRichText(cell, here, note);
      else if (cell['type'] === 'raw_text') checkString(cell, 'text', { max: 3000, required: true }, here, note);
      else if (cell['type'] !== 'raw_number') note(here, `unsupported type: ${String(cell['type'])}`);
    });
  });
}

const KINDS: Readonly<Record<string, BlockKind>> = {
  section: { keys: ['text', 'fields', 'accessory', 'expand'], surfaces: BOTH, check: section },
  header: {
    keys: ['text'],
    surfaces: BOTH,
    check: (block, at, note) => checkText(block, 'text', { max: 150, plain: true, required: true }, at, note),
  },
  divider: { keys: [], surfaces: BOTH, check: () => {} },
  actions: {
    keys: ['elements'],
    surfaces: BOTH,
    check: (block, at, note) =>
      checkList(block, 'elements', { min: 1, max: 25 }, at, note, (element, here) =>
        checkElement(element, 'actions', here, note),
      ),
  },
  context: { keys: ['elements'], surfaces: BOTH, check: context },
  input: { keys: ['label', 'element', 'hint', 'optional', 'dispatch_action'], surfaces: BOTH, check: input },
  image: { keys: ['image_url', 'alt_text', 'title', 'slack_file'], surfaces: BOTH, check: image },
  rich_text: { keys: ['elements'], surfaces: BOTH, check: checkRichText },
  markdown: {
    keys: ['text'],
    surfaces: ['message'],
    check: (block, at, note) => checkString(block, 'text', { max: 12_000, required: true }, at, note),
  },
  table: { keys: ['rows', 'column_settings'], surfaces: ['message'], check: table },
};

function elementsOf(block: Json): readonly Json[] {
  return [...objectsOf(block['elements']), ...objectsOf([block['accessory'], block['element']])];
}

/** Notes what is wrong with one block on that surface, action ids that stand twice in it included. */
export function checkBlock(block: Json, surface: Surface, at: string, note: Note): void {
  const type = block['type'];
  const kind = typeof type === 'string' && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind === undefined || !kind.surfaces.includes(surface)) {
    note(at, `unsupported type: ${String(type)}`);
    return;
  }
  onlyKeys(block, ['type', 'block_id', ...kind.keys], at, note);
  checkString(block, 'block_id', { max: 255 }, at, note);
  kind.check(block, at, note);
  const seen = new Set<unknown>();
  for (const element of elementsOf(block)) {
    const id = element['action_id'];
    if (typeof id !== 'string') continue;
    if (seen.has(id)) note(at, `action_id "${id}" already exists in the block`);
    seen.add(id);
  }
}
