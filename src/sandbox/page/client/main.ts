import { createComposer } from './composer.ts';
import { createConversation } from './conversation.ts';
import { byId } from './dom.ts';
import { createExchanges } from './exchanges.ts';
import { watch } from './server.ts';
import { createSidebar } from './sidebar.ts';
import { setUpTheme } from './theme.ts';
import type { Told } from './told.ts';
import { createWindows } from './windows.ts';
import { createWorldPanel } from './world-panel.ts';

const FIRST = 'U0BOB';

/** Which channel each person had open last, in this tab. */
const opened = new Map<string, string>();
let told: Told | undefined;
let me = '';
let stop = () => {};

const composer = createComposer();
const conversation = createConversation({ suggest: (words) => composer.put(words), visit });
const sidebar = createSidebar(become, open);
const windows = createWindows();
const world = createWorldPanel();
const exchanges = createExchanges();

function update(): void {
  if (told === undefined) return;
  const wanted = opened.get(told.me);
  const channel = told.channels.find(({ id }) => id === wanted) ?? told.channels[0];
  sidebar.update(told, channel?.id ?? '');
  composer.update(told, channel);
  conversation.update(told, channel);
  world.update(told);
  exchanges.update(told);
  windows.update(told);
  byId('page').toggleAttribute('data-ready', true);
}

/** Person and channel stand in the address, so that a reload, a bookmark and a second window lead there. */
function remember(): void {
  const channel = opened.get(me);
  history.replaceState(null, '', channel === undefined ? `#${me}` : `#${me}/${channel}`);
}

function become(person: string): void {
  stop();
  me = person;
  remember();
  stop = watch(person, {
    tell(news) {
      told = news;
      update();
    },
    away(isAway) {
      byId('away').hidden = !isAway;
    },
    unknown: () => become(FIRST),
  });
}

function open(channel: string): void {
  opened.set(me, channel);
  remember();
  show('conversation');
}

function visit(person: string, channel: string): void {
  opened.set(person, channel);
  become(person);
  show('conversation');
  byId('messages').focus();
}

/** On a phone one of the three parts is seen at a time. */
function show(part: string): void {
  byId('page').dataset['part'] = part;
  for (const tab of document.querySelectorAll<HTMLElement>('[data-show]')) {
    if (tab.dataset['show'] === part) tab.setAttribute('aria-current', 'page');
    else tab.removeAttribute('aria-current');
  }
  // What is seen now counts as read.
  update();
}

/** Goes where the address says; another one (the link to the message box) changes nothing. */
function follow(): void {
  const [, person, channel] = /^#(U0[A-Z]+)(?:\/(\w+))?$/.exec(location.hash) ?? [];
  if (person !== undefined && channel !== undefined) opened.set(person, channel);
  const next = person ?? (me || FIRST);
  if (next !== me) become(next);
  else {
    remember();
    update();
  }
}

for (const tab of document.querySelectorAll<HTMLElement>('[data-show]')) {
  tab.addEventListener('click', () => show(tab.dataset['show'] ?? 'conversation'));
}
// What came while nobody looked counts as read once somebody does.
document.addEventListener('visibilitychange', update);
addEventListener('hashchange', follow);
setUpTheme();
show('conversation');
follow();
