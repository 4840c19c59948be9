import { type Json, objectOf, textOf } from '../../slack/json.ts';
import { byId, h } from './dom.ts';
import { textNodes } from './elements.ts';
import type { Hands } from './hands.ts';

/** Shows the confirm dialog of an element. Resolves with true where the person went on. */
export function ask(confirm: Json, hands: Hands): Promise<boolean> {
  const words = (key: string): string => textOf(objectOf(confirm[key])['text']);
  return new Promise((resolve) => {
    const dialog = h(
      'dialog',
      { class: 'dialog', 'aria-labelledby': 'ask-title', 'aria-describedby': 'ask-text' },
      h('h2', { id: 'ask-title' }, words('title')),
      h('p', { id: 'ask-text' }, textNodes(confirm['text'], hands)),
      h(
        'div',
        { class: 'dialog-buttons' },
        h('button', { type: 'button', class: 'slack-button', onclick: () => dialog.close('no') }, words('deny')),
        h(
          'button',
          {
            type: 'button',
            class: `slack-button ${textOf(confirm['style']) || 'primary'}`,
            onclick: () => dialog.close('yes'),
          },
          words('confirm'),
        ),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      // The button that asked may have been drawn anew meanwhile.
      if (document.activeElement === document.body) byId('messages').focus();
      resolve(dialog.returnValue === 'yes');
    });
    byId('dialogs').append(dialog);
    dialog.showModal();
  });
}
