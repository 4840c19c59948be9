import { randomBytes } from 'node:crypto';
import type { Events } from './events.ts';
import { type Json, objectsOf, textOf } from './json.ts';
import type { SlackApp } from './options.ts';
import { withIds } from './workspace.ts';

/** A stack holds three views: the first and two pushed on it. */
const MOST_VIEWS = 3;

export interface View {
  readonly id: string;
  readonly user: string;
  readonly root: string;
  readonly previous: string | undefined;
  readonly hash: string;
  /** As the app gave it, ids filled in. */
  readonly content: Json;
  readonly blocks: readonly Json[];
  /** What the app's answer to a submission complained about, by block id. */
  readonly errors: Readonly<Record<string, string>>;
}

export interface Views {
  find(id: string): View | undefined;
  byExternalId(externalId: string): View | undefined;
  /** The open views of a person, the one on top last. */
  stack(user: string): readonly View[];
  /** Opens a first view in place of whatever was open. */
  open(user: string, content: Json): View;
  /** Puts a view on top; undefined where three are open. */
  push(user: string, content: Json): View | undefined;
  update(view: View, content: Json): View;
  setErrors(view: View, errors: Readonly<Record<string, string>>): void;
  /** Takes the view and what lies on it away. */
  close(view: View): void;
  clear(user: string): void;
}

/** Every person's stack of open views. */
export function createViews(now: () => number, events: Events): Views {
  const stacks = new Map<string, View[]>();
  let n = 0;
  const stack = (user: string): View[] => stacks.get(user) ?? [];
  const freshHash = (): string => `${Math.floor(now() / 1000)}.${randomBytes(4).toString('hex')}`;
  const make = (user: string, content: Json, under: View | undefined): View => {
    n += 1;
    const id = `V${String(n).padStart(8, '0')}`;
    const blocks = withIds(objectsOf(content['blocks']));
    const root = under?.root ?? id;
    return { id, user, root, previous: under?.id, hash: freshHash(), content, blocks, errors: {} };
  };
  const tell = (view: View, change: 'opened' | 'updated' | 'closed'): void =>
    events.emit({ type: 'view', user: view.user, view: view.id, change });
  const replace = (view: View): void => {
    stacks.set(
      view.user,
      stack(view.user).map((each) => (each.id === view.id ? view : each)),
    );
    tell(view, 'updated');
  };
  const every = (): readonly View[] => [...stacks.values()].flat();
  return {
    find: (id) => every().find((view) => view.id === id),
    byExternalId: (externalId) => every().find((view) => textOf(view.content['external_id']) === externalId),
    stack: (user) => [...stack(user)],
    open(user, content) {
      const view = make(user, content, undefined);
      stacks.set(user, [view]);
      tell(view, 'opened');
      return view;
    },
    push(user, content) {
      const open = stack(user);
      if (open.length >= MOST_VIEWS) return undefined;
      const view = make(user, content, open.at(-1));
      stacks.set(user, [...open, view]);
      tell(view, 'opened');
      return view;
    },
    update(view, content) {
      const blocks = withIds(objectsOf(content['blocks']));
      const changed: View = { ...view, content, blocks, hash: freshHash(), errors: {} };
      replace(changed);
      return changed;
    },
    setErrors: (view, errors) => replace({ ...view, errors }),
    close(view) {
      const open = stack(view.user);
      const index = open.findIndex((each) => each.id === view.id);
      if (index < 0) return;
      stacks.set(view.user, open.slice(0, index));
      tell(view, 'closed');
    },
    clear(user) {
      const [first] = stack(user);
      stacks.delete(user);
      if (first !== undefined) tell(first, 'closed');
    },
  };
}

/** The view as payloads and answers show it, with what the person filled in. */
export function viewObject(view: View, team: string, app: SlackApp, state: Json): Json {
  const { content } = view;
  return {
    id: view.id,
    team_id: team,
    type: 'modal',
    blocks: view.blocks,
    private_metadata: textOf(content['private_metadata']),
    callback_id: textOf(content['callback_id']),
    state: { values: state },
    hash: view.hash,
    title: content['title'],
    clear_on_close: content['clear_on_close'] === true,
    notify_on_close: content['notify_on_close'] === true,
    close: content['close'] ?? null,
    submit: content['submit'] ?? null,
    previous_view_id: view.previous ?? null,
    root_view_id: view.root,
    app_id: app.id,
    external_id: textOf(content['external_id']),
    app_installed_team_id: team,
    bot_id: app.botId,
  };
}
