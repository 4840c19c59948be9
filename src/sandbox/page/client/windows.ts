import { drawBlock } from './blocks.ts';
import { act, blockIds, filledAt, handsAt } from './desk.ts';
import { byId, focusedIn, h, refocus } from './dom.ts';
import type { Filling, Told, ToldView } from './told.ts';

/** The words in the menu that is being searched. */
function searched(): string | undefined {
  const { activeElement } = document;
  return activeElement instanceof HTMLInputElement && activeElement.role === 'combobox'
    ? activeElement.value
    : undefined;
}

/** Somebody who types while the window is drawn anew goes on where they were. */
function goOnSearching(typed: string | undefined): void {
  const { activeElement } = document;
  if (typed === undefined || searched() === undefined || !(activeElement instanceof HTMLInputElement)) return;
  if (activeElement.value === typed) return;
  activeElement.value = typed;
  activeElement.dispatchEvent(new Event('input'));
}

/** Where the caret is in what is being written, and how far the window was scrolled: gives what puts both back. */
function placeIn(dialog: HTMLElement): () => void {
  const { activeElement } = document;
  const caret = activeElement instanceof HTMLTextAreaElement ? activeElement.selectionStart : undefined;
  const scrolled = dialog.querySelector('.window-body')?.scrollTop ?? 0;
  return () => {
    const now = document.activeElement;
    if (caret !== undefined && now instanceof HTMLTextAreaElement) now.setSelectionRange(caret, caret);
    const body = dialog.querySelector('.window-body');
    if (body !== null) body.scrollTop = scrolled;
  };
}

/** Where somebody begins: at what is wrong, at what can be filled in, at the top of what is to be read, or at the end. */
function bestIn(dialog: HTMLElement): HTMLElement | null {
  const field = ':is(input, textarea, select)';
  return (
    dialog.querySelector<HTMLElement>(`.has-error ${field}`) ??
    dialog.querySelector<HTMLElement>(`.window-body ${field}`) ??
    dialog.querySelector<HTMLElement>('.window-body:has(.slack-button)') ??
    dialog.querySelector<HTMLElement>('footer .slack-button')
  );
}

/** Draws the window on top of a person's stack, and sends what is filled in. */
export function createWindows() {
  const dialog = h('dialog', { class: 'window', 'aria-labelledby': 'window-title' });
  byId('dialogs').append(dialog);
  let drawn = '';
  let drawnView = '';
  let left = '';
  let now: { readonly told: Told; readonly view: ToldView } | undefined;
  let ownErrors: { readonly view: string; readonly errors: Readonly<Record<string, string>> } | undefined;

  const hide = () => {
    drawn = '';
    if (!dialog.open) return;
    dialog.close();
    // What had the focus before may have been drawn anew since. Where it has it again after a press with the mouse,
    // Chromium leaves the caret behind, and what is typed is lost: so it is given the focus once more.
    const { activeElement } = document;
    const next = activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : byId('say');
    next.blur();
    next.focus();
  };
  const close = () => {
    if (now === undefined) return;
    // It is gone at once; Slack hears of it a moment later.
    const { told, view } = now;
    left = view.id;
    hide();
    void act(told.me, { do: 'close', view: view.id });
  };
  const submit = async (button: HTMLButtonElement) => {
    if (now === undefined) return;
    const { told, view } = now;
    const present = blockIds(view.blocks);
    const values: Record<string, Filling> = {};
    for (const { spot, filling } of filledAt(view.id)) if (present.has(spot.block_id)) values[spot.block_id] = filling;
    button.disabled = true;
    const { errors = {} } = await act(told.me, { do: 'submit', view: view.id, values });
    button.disabled = false;
    ownErrors = { view: view.id, errors };
    if (now?.view.id === view.id) draw(now.told, now.view);
  };
  const draw = (told: Told, view: ToldView) => {
    const errors = { ...view.errors, ...(ownErrors?.view === view.id ? ownErrors.errors : {}) };
    const signature = JSON.stringify([told.me, view, errors]);
    if (signature === drawn) return;
    drawn = signature;
    const focused = focusedIn(dialog);
    const typed = searched();
    const putBack = view.id === drawnView ? placeIn(dialog) : () => {};
    drawnView = view.id;
    const hadFields = dialog.querySelector('.window-body :is(input, textarea, select)') !== null;
    const hands = handsAt(told, view.id, { view: view.id }, view.blocks);
    const { submit: label } = view;
    const send = label !== undefined && h('button', { type: 'submit', class: 'slack-button primary' }, label);
    const form = h(
      'form',
      {
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          if (send !== false) void submit(send);
        },
      },
      h(
        'header',
        {},
        h('h2', { id: 'window-title' }, view.title),
        h('button', { type: 'button', class: 'icon', 'aria-label': 'Close the window', onclick: close }, '×'),
      ),
      h(
        'div',
        { class: 'window-body', tabindex: '0', role: 'group', 'aria-labelledby': 'window-title' },
        errors[''] !== undefined && h('p', { class: 'error', role: 'alert' }, errors['']),
        view.blocks.map((block) => drawBlock(block, hands, errors)),
      ),
      h(
        'footer',
        {},
        h(
          'button',
          { type: 'button', class: 'slack-button', 'data-focus': 'close', onclick: close },
          view.close ?? 'Close',
        ),
        send,
      ),
    );
    dialog.replaceChildren(form);
    if (!dialog.open) dialog.showModal();
    // What can be filled in comes first, also where it only came after the window.
    if (focused === undefined || (focused === 'close' && !hadFields)) bestIn(dialog)?.focus();
    else refocus(dialog, focused);
    // The button that was pressed may be gone: the last page has no next one.
    if (dialog.querySelector(':focus') === null) bestIn(dialog)?.focus();
    goOnSearching(typed);
    putBack();
  };
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  return {
    update(told: Told) {
      const view = told.views.findLast(({ id }) => id !== left);
      now = view === undefined ? undefined : { told, view };
      if (view === undefined) hide();
      else draw(told, view);
    },
  };
}
