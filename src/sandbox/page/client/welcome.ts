import { h } from './dom.ts';
import { type Example, placeFor, type Step } from './guide.ts';
import type { Told, ToldChannel } from './told.ts';

export interface WelcomeHands {
  /** Puts words into the message box. */
  suggest(words: string): void;
  /** Becomes that person, in that channel. */
  visit(person: string, channel: string): void;
}

const drawStep = ({ before, say, visit, after }: Step, hands: WelcomeHands): HTMLElement =>
  h(
    'li',
    {},
    before,
    say !== undefined && [
      ' ',
      h('button', { type: 'button', class: 'step', onclick: () => hands.suggest(say) }, h('code', {}, say)),
    ],
    visit !== undefined && [
      ' ',
      h(
        'button',
        { type: 'button', class: 'step', onclick: () => hands.visit(visit.person, visit.channel) },
        visit.label,
      ),
    ],
    /^[.,]/.test(after) ? after : ` ${after}`,
  );

const drawExample = ({ text, explains }: Example, hands: WelcomeHands): HTMLElement =>
  h(
    'li',
    {},
    h(
      'button',
      { type: 'button', class: 'example', onclick: () => hands.suggest(text) },
      h('code', {}, text),
      h('span', {}, explains),
    ),
  );

/** What stands above all messages of a channel: who one is, and what is worth trying. */
export function drawWelcome(told: Told, { kind, canWrite }: ToldChannel, hands: WelcomeHands): HTMLElement {
  const me = told.people.find(({ id }) => id === told.me);
  const { about, steps = [], examples: all = [] } = placeFor(told.me, kind);
  const examples = canWrite ? all : [];
  return h(
    'section',
    { class: 'welcome' },
    h('p', {}, 'You are ', h('b', {}, me?.name ?? ''), ` (${me?.part ?? ''}). ${about}`),
    steps.length > 0 &&
      h(
        'ol',
        {},
        steps.map((step) => drawStep(step, hands)),
      ),
    steps.length > 0 && examples.length > 0 && h('p', {}, 'Also worth trying:'),
    examples.length > 0 &&
      h(
        'ul',
        {},
        examples.map((example) => drawExample(example, hands)),
      ),
  );
}
