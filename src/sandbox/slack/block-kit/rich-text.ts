import type { Json } from '../json.ts';
import { checkList, checkString, checkWord, type Note, onlyKeys } from './shape.ts';

const ANY = { min: 0, max: Number.POSITIVE_INFINITY };

/** The elements inside a line of rich text, with the one field that each must have. */
const INLINE: Readonly<Record<string, { readonly needs: string; readonly keys: readonly string[] }>> = {
  text: { needs: 'text', keys: [] },
  user: { needs: 'user_id', keys: [] },
  usergroup: { needs: 'usergroup_id', keys: [] },
  channel: { needs: 'channel_id', keys: [] },
  team: { needs: 'team_id', keys: [] },
  link: { needs: 'url', keys: ['text', 'unsafe'] },
  emoji: { needs: 'name', keys: ['unicode', 'url', 'skin_tone'] },
  date: { needs: 'format', keys: ['timestamp', 'url', 'fallback'] },
  broadcast: { needs: 'range', keys: [] },
  color: { needs: 'value', keys: [] },
};

const STYLES = ['bold', 'italic', 'strike', 'code', 'underline', 'highlight', 'client_highlight', 'unlink'];

function checkInline(element: Json, at: string, note: Note): void {
  const type = element['type'];
  const kind = typeof type === 'string' && Object.hasOwn(INLINE, type) ? INLINE[type] : undefined;
  if (kind === undefined) {
    note(at, `unsupported type: ${String(type)}`);
    return;
  }
  onlyKeys(element, ['type', 'style', kind.needs, ...kind.keys], at, note);
  checkString(element, kind.needs, { max: Number.POSITIVE_INFINITY, required: true }, at, note);
  if (type === 'broadcast') checkWord(element, 'range', ['here', 'channel', 'everyone'], at, note);
  if (type === 'date' && !Number.isInteger(element['timestamp'])) note(at, 'missing required field: timestamp');
  const style = element['style'];
  if (style === undefined) return;
  if (typeof style !== 'object' || style === null) note(`${at}/style`, 'must provide an object');
  else {
    for (const [name, value] of Object.entries(style)) {
      if (!STYLES.includes(name) || typeof value !== 'boolean') note(`${at}/style/${name}`, `invalid style: ${name}`);
    }
  }
}

function checkLine(line: Json, at: string, note: Note): void {
  checkList(line, 'elements', ANY, at, note, (element, here) => checkInline(element, here, note));
}

/** Notes what is wrong with a `rich_text` block: its sections, lists, quotes and preformatted parts. */
export function checkRichText(block: Json, at: string, note: Note): void {
  checkList(block, 'elements', { ...ANY, min: 1 }, at, note, (part, here) => {
    switch (part['type']) {
      case 'rich_text_section':
        onlyKeys(part, ['type', 'elements'], here, note);
        checkLine(part, here, note);
        return;
      case 'rich_text_quote':
        onlyKeys(part, ['type', 'elements', 'border'], here, note);
        checkLine(part, here, note);
        return;
      case 'rich_text_preformatted':
        onlyKeys(part, ['type', 'elements', 'border', 'language'], here, note);
        checkList(part, 'elements', ANY, here, note, (element, inner) => {
          if (element['type'] !== 'text' && element['type'] !== 'link') note(inner, 'must be text or link');
          else checkInline(element, inner, note);
        });
        return;
      case 'rich_text_list':
        onlyKeys(part, ['type', 'elements', 'style', 'indent', 'offset', 'border'], here, note);
        if (part['style'] === undefined) note(here, 'missing required field: style');
        checkWord(part, 'style', ['bullet', 'ordered'], here, note);
        checkList(part, 'elements', ANY, here, note, (item, inner) => {
          if (item['type'] !== 'rich_text_section') note(inner, 'must be rich_text_section');
          else checkLine(item, inner, note);
        });
        return;
      default:
        note(here, `unsupported type: ${String(part['type'])}`);
    }
  });
}
