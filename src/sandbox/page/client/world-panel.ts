import { complain } from './desk.ts';
import { byId, h, keep, portrait } from './dom.ts';
import { performInWorld } from './server.ts';
import type { Told, WorldDeed } from './told.ts';

async function change(deed: WorldDeed): Promise<void> {
  const { problem } = await performInWorld(deed);
  if (problem !== undefined) complain(problem);
}

/** A button that is on or off. */
const toggle = (focus: string, on: boolean, label: string, flip: () => void, about?: string): HTMLElement =>
  h(
    'button',
    {
      type: 'button',
      role: 'switch',
      'aria-checked': String(on),
      'aria-label': label,
      'aria-describedby': about,
      'data-focus': focus,
      class: 'switch',
      onclick: flip,
    },
    h('span', { 'aria-hidden': 'true' }),
  );

const BOT_WORDS = {
  running: 'running',
  starting: 'starting…',
  killed: 'not running',
  failed: 'failed',
} as const;

/** How long something that was done is said. */
const SAID_MS = 6_000;

/** Says below the switches what the one does that is pointed at or has the focus. */
function explainSwitches(): void {
  const about = byId('trouble-about');
  const list = byId('switches');
  const tell = ({ target }: Event) => {
    const row = target instanceof Element ? target.closest('li') : null;
    about.textContent = row?.querySelector('small')?.textContent ?? '';
  };
  list.addEventListener('pointerover', tell);
  list.addEventListener('focusin', tell);
  for (const left of ['pointerleave', 'focusout']) list.addEventListener(left, () => about.replaceChildren());
}

/** Ends the bot's ticket, and says so: there is nothing to see until the bot calls again. */
function endTicketsOnPress(): void {
  const said = byId('tickets-said');
  byId('expire-tickets').addEventListener('click', async () => {
    await change({ do: 'expire_tickets' });
    said.textContent = 'Ended: the next call finds out.';
    setTimeout(() => said.replaceChildren(), SAID_MS);
  });
}

/** Who is logged on, the bot's process, the clock, and the switches for trouble. */
export function createWorldPanel() {
  let ahead = 0;
  let timeZone = 'UTC';
  const clock = byId('clock');
  /** It takes a moment, as it stops wherever the bot has something to do. */
  let moves = 0;
  const tick = () => {
    const now = new Date(Date.now() + ahead);
    clock.textContent = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }).format(now);
  };
  setInterval(tick, 1_000);
  for (const button of document.querySelectorAll<HTMLElement>('[data-forward]')) {
    button.addEventListener('click', async () => {
      moves += 1;
      clock.ariaBusy = 'true';
      await change({ do: 'forward', ms: Number(button.dataset['forward']) * 60_000 });
      moves -= 1;
      if (moves === 0) clock.ariaBusy = null;
    });
  }
  explainSwitches();
  endTicketsOnPress();
  byId('kill-bot').addEventListener('click', () => void change({ do: 'kill_bot' }));
  byId('start-bot').addEventListener('click', () => void change({ do: 'start_bot' }));

  return {
    update(told: Told) {
      ({ ahead, timeZone } = told);
      tick();
      const { is, connections, why = '' } = told.bot;
      const state = byId('bot-state');
      state.dataset['is'] = is;
      const words = is === 'running' && connections === 0 ? 'running, not connected' : BOT_WORDS[is];
      if (state.textContent !== words) state.textContent = words;
      byId('bot-why').hidden = why === '';
      if (byId('bot-why').textContent !== why) byId('bot-why').textContent = why;
      byId('kill-bot').toggleAttribute('disabled', is !== 'running');
      byId('start-bot').toggleAttribute('disabled', is === 'running' || is === 'starting');

      const on = told.associates.filter((each) => each.on).length;
      byId('on-count').textContent = `${on} of ${told.associates.length}`;
      keep(
        byId('associates'),
        told.associates,
        (each) => ({ key: String(each.id), signature: JSON.stringify(each) }),
        ({ id, name, login, group, on: isOn }) =>
          h(
            'li',
            { class: isOn ? 'is-on' : undefined },
            portrait(name),
            h('span', { class: 'who' }, h('b', {}, name), h('small', {}, `${id} · ${login} · ${group}`)),
            toggle(
              `on-${id}`,
              isOn,
              `${name} is logged on to the Windows client`,
              () => void change({ do: 'log_on', id, on: !isOn }),
            ),
          ),
      );
      keep(
        byId('switches'),
        told.switches,
        (each) => ({ key: each.name, signature: JSON.stringify(each) }),
        ({ name, label, explains, on: isOn }) =>
          h(
            'li',
            {},
            h('span', { class: 'who' }, h('b', {}, label), h('small', { id: `about-${name}` }, explains)),
            toggle(
              `switch-${name}`,
              isOn,
              label,
              () => void change({ do: 'switch', name, on: !isOn }),
              `about-${name}`,
            ),
          ),
      );
      const complaints = byId('complaints');
      complaints.hidden = told.complaints.length === 0;
      keep(
        byId('complaint-list'),
        told.complaints,
        (words) => ({ key: words, signature: words }),
        (words) => h('li', {}, words),
      );
    },
  };
}
