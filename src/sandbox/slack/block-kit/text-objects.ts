import { isJson, type Json } from '../json.ts';
import { checkString, checkWord, type Note, onlyKeys } from './shape.ts';

export interface TextRule {
  readonly max: number;
  /** Only `plain_text` is taken here. */
  readonly plain?: boolean;
  readonly required?: boolean;
}

/** Notes what is wrong with the text object at `key`: missing, not an object, wrong kind, empty, too long. */
export function checkText(value: Json, key: string, rule: TextRule, at: string, note: Note): void {
  const text = value[key];
  if (text === undefined || text === null) {
    if (rule.required) note(at, `missing required field: ${key}`);
    return;
  }
  if (isJson(text)) checkTextObject(text, rule, `${at}/${key}`, note);
  else note(`${at}/${key}`, 'must provide an object');
}

/** Notes what is wrong with one text object. */
export function checkTextObject(text: Json, rule: TextRule, at: string, note: Note): void {
  if (text['type'] !== 'plain_text' && (rule.plain || text['type'] !== 'mrkdwn')) {
    note(`${at}/type`, rule.plain ? 'must be plain_text' : 'must be plain_text or mrkdwn');
  }
  onlyKeys(text, text['type'] === 'mrkdwn' ? ['type', 'text', 'verbatim'] : ['type', 'text', 'emoji'], at, note);
  checkString(text, 'text', { max: rule.max, required: true }, at, note);
}

/** Notes what is wrong with the confirm dialog at `confirm`, where there is one. */
export function checkConfirm(value: Json, at: string, note: Note): void {
  const confirm = value['confirm'];
  if (confirm === undefined) return;
  const here = `${at}/confirm`;
  if (!isJson(confirm)) {
    note(here, 'must provide an object');
    return;
  }
  onlyKeys(confirm, ['title', 'text', 'confirm', 'deny', 'style'], here, note);
  checkText(confirm, 'title', { max: 100, plain: true, required: true }, here, note);
  checkText(confirm, 'text', { max: 300, required: true }, here, note);
  checkText(confirm, 'confirm', { max: 30, plain: true, required: true }, here, note);
  checkText(confirm, 'deny', { max: 30, plain: true, required: true }, here, note);
  checkWord(confirm, 'style', ['primary', 'danger'], here, note);
}

/** Notes what is wrong with one option of a menu (plain text) or of checkboxes and radio buttons (any text). */
export function checkOption(option: Json, plain: boolean, at: string, note: Note): void {
  onlyKeys(option, ['text', 'value', 'description', 'url'], at, note);
  checkText(option, 'text', { max: 75, plain, required: true }, at, note);
  checkString(option, 'value', { max: 75, required: true }, at, note);
  checkText(option, 'description', { max: 75, plain }, at, note);
  checkString(option, 'url', { max: 3000 }, at, note);
}
