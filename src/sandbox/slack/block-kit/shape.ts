import { isJson, type Json, listOf } from '../json.ts';

/** Collects problems: where (a JSON pointer) and what. */
export type Note = (at: string, problem: string) => void;

/** Notes every key that is not among the allowed ones. */
export function onlyKeys(value: Json, allowed: readonly string[], at: string, note: Note): void {
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) note(`${at}/${key}`, `invalid additional property: ${key}`);
  }
}

/** Notes a string that is missing (where demanded), not a string, empty or longer than `max`. */
export function checkString(
  value: Json,
  key: string,
  rule: { readonly max: number; readonly required?: boolean; readonly mayBeEmpty?: boolean },
  at: string,
  note: Note,
): void {
  const found = value[key];
  if (found === undefined || found === null) {
    if (rule.required) note(at, `missing required field: ${key}`);
  } else if (typeof found !== 'string') note(`${at}/${key}`, 'must be a valid string');
  else if (found === '' && !rule.mayBeEmpty) note(`${at}/${key}`, 'must be more than 0 characters');
  else if (found.length > rule.max) note(`${at}/${key}`, `must be less than ${rule.max + 1} characters`);
}

/** Notes a value that is present and not one of the words. */
export function checkWord(value: Json, key: string, words: readonly string[], at: string, note: Note): void {
  const found = value[key];
  if (found === undefined) return;
  if (typeof found !== 'string' || !words.includes(found)) note(`${at}/${key}`, `must be one of: ${words.join(', ')}`);
}

/** Notes a list with too few or too many items, or with something else than objects; calls `each` on the objects. */
export function checkList(
  value: Json,
  key: string,
  rule: { readonly min: number; readonly max: number },
  at: string,
  note: Note,
  each: (item: Json, at: string) => void,
): void {
  const found = value[key];
  if (!Array.isArray(found)) {
    note(at, `missing required field: ${key}`);
    return;
  }
  const items = listOf(found);
  if (items.length < rule.min) note(`${at}/${key}`, `no less than ${rule.min} items allowed`);
  if (items.length > rule.max) note(`${at}/${key}`, `no more than ${rule.max} items allowed`);
  items.forEach((item, index) => {
    if (isJson(item)) each(item, `${at}/${key}/${index}`);
    else note(`${at}/${key}/${index}`, 'must provide an object');
  });
}
