import { h } from './dom.ts';

/** What stands where something cannot be drawn: it is better seen than missed. */
export function cannotDraw(what: string): HTMLElement {
  return h('span', { class: 'cannot-draw', role: 'note' }, `⚠ This page cannot draw ${what}.`);
}
