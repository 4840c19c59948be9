import { objectOf, textOf } from '../../slack/json.ts';
import { type Child, h } from './dom.ts';
import type { Json, SuggestedGroup } from './told.ts';

export interface Picker {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly focus: string;
  readonly many: boolean;
  /** How many letters it waits for. */
  readonly least: number;
  readonly chosen: readonly Json[];
  readonly describedBy?: string | undefined;
  look(query: string): Promise<readonly SuggestedGroup[] | undefined>;
  changed(chosen: readonly Json[]): void;
}

/** Letters that come quickly after each other are asked for once. */
const PAUSE_MS = 120;

export const optionText = (option: Json): string => textOf(objectOf(option['text'])['text']);

/** A menu that is searched by typing: a combobox with a list below it, and with chips where many can be chosen. */
export function picker(options: Picker): HTMLElement {
  const { id, many, label } = options;
  let chosen = [...options.chosen];
  let shown: readonly { readonly option: Json; readonly row: HTMLElement }[] = [];
  let active = -1;
  let asked = 0;
  let timer = 0;

  const list = h('div', { id: `${id}-list`, role: 'listbox', 'aria-label': label, class: 'options', hidden: true });
  const count = h('span', { class: 'unseen', role: 'status' });
  const chips = h('span', { class: 'chips' });
  const input = h('input', {
    id,
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    placeholder: options.placeholder,
    'aria-label': label,
    'aria-expanded': 'false',
    'aria-controls': `${id}-list`,
    'aria-autocomplete': 'list',
    'aria-describedby': options.describedBy,
    'data-focus': options.focus,
  });

  const isOpen = () => !list.hidden;
  const activate = (index: number) => {
    shown[active]?.row.setAttribute('aria-selected', 'false');
    active = index;
    const row = shown[index]?.row;
    if (row === undefined) return input.removeAttribute('aria-activedescendant');
    row.setAttribute('aria-selected', 'true');
    input.setAttribute('aria-activedescendant', row.id);
    row.scrollIntoView({ block: 'nearest' });
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    activate(-1);
  };
  const drawChosen = () => {
    const first = chosen[0];
    if (!many) input.value = first === undefined ? '' : optionText(first);
    else chips.replaceChildren(...chosen.map(chip));
  };
  const settle = (next: Json[]) => {
    chosen = next;
    drawChosen();
    close();
    options.changed(chosen);
  };
  const chip = (option: Json) =>
    h(
      'span',
      { class: 'chip' },
      optionText(option),
      h(
        'button',
        {
          type: 'button',
          'aria-label': `Take ${optionText(option)} out`,
          onclick: () => {
            settle(chosen.filter((each) => each !== option));
            input.focus();
          },
        },
        '×',
      ),
    );
  const take = (option: Json) => {
    input.value = '';
    if (!many) return settle([option]);
    const isChosen = chosen.some(({ value }) => value === option['value']);
    settle(isChosen ? chosen : [...chosen, option]);
  };
  const draw = (groups: readonly SuggestedGroup[]) => {
    const rows: { option: Json; row: HTMLElement }[] = [];
    const parts = groups.map((group, at): Child => {
      const items = group.options.map((option) => {
        const isChosen = many && chosen.some(({ value }) => value === option['value']);
        const row = h(
          'div',
          {
            id: `${id}-option-${rows.length}`,
            role: 'option',
            'aria-selected': 'false',
            class: isChosen ? 'option is-chosen' : 'option',
            // Before the input loses the focus.
            onmousedown: (event) => {
              event.preventDefault();
              take(option);
            },
          },
          h('span', {}, optionText(option)),
          h('small', {}, textOf(objectOf(option['description'])['text'])),
        );
        rows.push({ option, row });
        return row;
      });
      if (group.label === '') return h('div', { role: 'presentation' }, items);
      const heading = `${id}-group-${at}`;
      return h(
        'div',
        { role: 'group', 'aria-labelledby': heading },
        h('div', { id: heading, class: 'group-label', role: 'presentation' }, group.label),
        items,
      );
    });
    const nothing = h(
      'div',
      { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false', class: 'nothing' },
      'Nothing found',
    );
    list.replaceChildren(...(rows.length === 0 ? [nothing] : parts).filter((part) => part instanceof Node));
    shown = rows;
    count.textContent = rows.length === 1 ? '1 option' : `${rows.length} options`;
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    activate(rows.length > 0 ? 0 : -1);
  };
  const look = () => {
    asked += 1;
    const mine = asked;
    clearTimeout(timer);
    const query = many || chosen.length === 0 || input.value !== optionText(chosen[0] ?? {}) ? input.value.trim() : '';
    if (query.length < options.least) return close();
    timer = window.setTimeout(async () => {
      const groups = await options.look(query);
      // A later question may have been answered already, or the person went elsewhere.
      if (mine !== asked || document.activeElement !== input) return;
      if (groups === undefined) close();
      else draw(groups);
    }, PAUSE_MS);
  };
  input.addEventListener('input', look);
  input.addEventListener('click', () => isOpen() || look());
  input.addEventListener('blur', () => {
    asked += 1;
    close();
    if (!many) drawChosen();
  });
  input.addEventListener('keydown', (event) => {
    const last = chosen.at(-1);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen()) return look();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (shown.length > 0) activate((active + step + shown.length) % shown.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const row = shown[active];
      if (isOpen() && row !== undefined) take(row.option);
    } else if (event.key === 'Escape' && isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Backspace' && many && input.value === '' && last !== undefined) {
      settle(chosen.slice(0, -1));
    }
  });
  drawChosen();
  return h('div', { class: 'picker' }, h('div', { class: 'picker-field' }, many && chips, input), list, count);
}
