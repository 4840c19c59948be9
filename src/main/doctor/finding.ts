/**
 * `wrong` keeps the bot, or somebody, from working; `check` is for a person to judge, since it cannot be told from here or
 * need not be wrong; `skipped` was not looked at, because of something that is wrong already.
 */
export type State = 'ok' | 'check' | 'wrong' | 'skipped';

/** What came of looking at one thing, and what to do about it. One line each. */
export interface Finding {
  readonly state: State;
  readonly say: string;
  readonly todo?: string;
}

/** The finding of a check, by the name of the check. */
export interface Line extends Finding {
  readonly check: string;
}

export const ok = (say: string): Finding => ({ state: 'ok', say });
export const toCheck = (say: string, todo?: string): Finding => ({
  state: 'check',
  say,
  ...(todo === undefined ? {} : { todo }),
});
export const wrong = (say: string, todo: string): Finding => ({ state: 'wrong', say, todo });
export const skipped = (say: string): Finding => ({ state: 'skipped', say });
