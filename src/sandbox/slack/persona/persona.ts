import type { Json } from '../json.ts';
import type { SlackChannel } from '../options.ts';
import { type Clicked, click, lookUp, type OptionGroup, suggested, type Target, typeahead } from './click.ts';
import type { Which } from './elements.ts';
import { channelOf, type Desk, personOf, type Taken } from './person.ts';
import { say } from './say.ts';
import { maySee, namesIn, type SeenMessage, type SeenView, seeMessage, seeView } from './seen.ts';
import { close, fillIn, modalOf, type Submitted, submit } from './submit.ts';
import type { Filling } from './view-state.ts';

/** A modal as seen, or its id. */
type ViewRef = string | Pick<SeenView, 'view'>;

/** A person at their screen. Channels are given by id, by `#name`, or as `dm` (the direct messages with the app). */
export interface Persona {
  readonly id: string;
  /** Types a slash command (resolves when it is acknowledged) or an ordinary message. */
  say(channel: string, text: string): Promise<Taken>;
  /** Presses a button, named by its label, action id or block id. */
  click(target: Target, which: Which, options?: { readonly confirm?: boolean }): Promise<Clicked>;
  /** Chooses from a menu that acts at once. */
  choose(target: Target, which: Which, choice: Filling, options?: { readonly confirm?: boolean }): Promise<Clicked>;
  /** Fills in inputs of a modal without sending anything. */
  fillIn(view: ViewRef, values: Readonly<Record<string, Filling>>): Promise<void>;
  /** Fills in inputs and submits a modal. */
  submit(view: ViewRef, values?: Readonly<Record<string, Filling>>): Promise<Submitted>;
  close(view: ViewRef): Promise<Taken>;
  /** The options offered for what was typed. */
  typeahead(target: Target | string, which: Which, query: string): Promise<readonly Json[]>;
  /** The same, under the headings that the app gave. */
  suggested(target: Target, which: Which, query: string): Promise<readonly OptionGroup[]>;
  /** Types words into a menu that the app fills, and gives the option that fits. */
  lookUp(target: Target, which: Which, words: string): Promise<Json>;
  /** The messages that this person sees in a channel, private ones included, oldest first. */
  sees(channel: string): readonly SeenMessage[];
  /** The newest of them; throws where there is none. */
  latest(channel: string): SeenMessage;
  /** The channels and direct messages that this person can open. */
  channels(): readonly SlackChannel[];
  /** The open modals, the one on top last. */
  modals(): readonly SeenView[];
  /** The modal on top; throws where none is open. */
  modal(): SeenView;
}

const idOf = (view: ViewRef): string => (typeof view === 'string' ? view : view.view);

/** The person with that id; throws for an unknown one. */
export function createPersona(desk: Desk, id: string): Persona {
  personOf(desk, id);
  const { world } = desk;
  const names = () => namesIn(world, desk.timeZone);
  const sees = (where: string): readonly SeenMessage[] => {
    const channel = channelOf(desk, id, where);
    if (!maySee(world, personOf(desk, id), channel)) throw new Error(`${id} cannot see #${channel.name}`);
    return world.workspace
      .messages(channel.id)
      .filter(({ visibleTo }) => visibleTo === undefined || visibleTo === id)
      .map((message) => seeMessage(names(), message));
  };
  return {
    id,
    say: (channel, text) => say(desk, id, channel, text),
    click: (target, which, options) => click(desk, id, target, which, options),
    choose: (target, which, choice, options) => click(desk, id, target, which, { ...options, choice }),
    fillIn: async (view, values) => void (await fillIn(desk, id, idOf(view), values)),
    submit: (view, values = {}) => submit(desk, id, idOf(view), values),
    close: (view) => close(desk, id, idOf(view)),
    typeahead: (target, which, query) =>
      typeahead(desk, id, typeof target === 'string' ? { view: target } : target, which, query),
    suggested: (target, which, query) => suggested(desk, id, target, which, query),
    lookUp: (target, which, words) => lookUp(desk, id, target, which, words),
    sees,
    latest(channel) {
      const last = sees(channel).at(-1);
      if (last === undefined) throw new Error(`nothing to see in ${channel}`);
      return last;
    },
    channels: () => world.workspace.channels().filter((channel) => maySee(world, personOf(desk, id), channel)),
    modals: () => world.views.stack(id).map((view) => seeView(names(), view)),
    modal: () => seeView(names(), modalOf(desk, id, undefined)),
  };
}
