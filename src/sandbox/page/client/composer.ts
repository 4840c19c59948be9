import { act } from './desk.ts';
import { byId, h } from './dom.ts';
import { examplesFor } from './guide.ts';
import type { Told, ToldChannel } from './told.ts';

interface Help {
  readonly text: string;
  /** What may follow. */
  readonly hint?: string;
  readonly explains: string;
}

/** The message box, with help for slash commands in a list above it. */
export function createComposer() {
  const input = byId('say');
  const list = byId('slash-help');
  const form = byId('composer');
  if (!(input instanceof HTMLInputElement)) throw new Error('the message box is no input');
  let now: { readonly told: Told; readonly channel: ToldChannel | undefined } | undefined;
  let rows: readonly HTMLElement[] = [];
  let active = -1;

  const activate = (index: number) => {
    rows[active]?.setAttribute('aria-selected', 'false');
    active = index;
    const row = rows[index];
    if (row === undefined) return input.removeAttribute('aria-activedescendant');
    row.setAttribute('aria-selected', 'true');
    input.setAttribute('aria-activedescendant', row.id);
  };
  const hide = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    activate(-1);
  };
  const put = (text: string) => {
    input.value = text;
    input.focus();
    input.setSelectionRange(text.length, text.length);
    hide();
  };
  const show = () => {
    const typed = input.value;
    const told = now?.told;
    if (told === undefined || !typed.startsWith('/')) return hide();
    const commands: readonly Help[] = told.commands
      .filter(({ name }) => name.startsWith(typed.split(' ', 1)[0] ?? '') || typed.startsWith(`${name} `))
      .map(({ name, description, hint }) => ({ text: name, hint, explains: description }));
    const examples = examplesFor(told.me).filter(
      ({ text }) => text.startsWith(typed) && text !== typed && !commands.some((command) => command.text === text),
    );
    const helps: readonly Help[] = [...commands, ...examples];
    if (helps.length === 0) return hide();
    rows = helps.map(({ text, hint, explains }, index) =>
      h(
        'div',
        {
          id: `slash-${index}`,
          role: 'option',
          'aria-selected': 'false',
          class: 'option',
          onmousedown: (event) => {
            event.preventDefault();
            put(index < commands.length ? `${text} ` : text);
          },
        },
        h('code', {}, text),
        hint !== undefined && h('small', { class: 'usage' }, hint),
        h('small', {}, explains),
      ),
    );
    list.replaceChildren(...rows);
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    activate(-1);
  };
  const send = () => {
    const text = input.value.trim();
    if (now?.channel === undefined || text === '') return;
    const { told, channel } = now;
    put('');
    void act(told.me, { do: 'say', channel: channel.id, text });
  };
  const arrows = (event: KeyboardEvent) => {
    event.preventDefault();
    if (list.hidden) return show();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    activate(active < 0 && step < 0 ? rows.length - 1 : (active + step + rows.length) % rows.length);
  };
  input.addEventListener('input', show);
  input.addEventListener('focus', show);
  input.addEventListener('blur', hide);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') arrows(event);
    else if (event.key === 'Escape') hide();
    else if ((event.key === 'Enter' || event.key === 'Tab') && active >= 0) {
      event.preventDefault();
      const text = rows[active]?.querySelector('code')?.textContent ?? '';
      const isCommand = now?.told.commands.some(({ name }) => name === text) === true;
      put(isCommand ? `${text} ` : text);
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  return {
    put,
    update(told: Told, channel: ToldChannel | undefined) {
      const isOther = now?.told.me !== told.me || now.channel?.id !== channel?.id;
      now = { told, channel };
      const may = channel?.canWrite === true;
      input.disabled = !may;
      const where = channel === undefined ? '' : channel.kind === 'direct' ? channel.name : `#${channel.name}`;
      input.placeholder = may ? 'A message, or / for a command' : 'You are not in this channel';
      input.setAttribute('aria-label', `Message ${where}`);
      if (isOther) {
        input.value = '';
        hide();
      }
    },
  };
}
