import { randomBytes } from 'node:crypto';

/** A trigger lives for 3 seconds and opens one view. */
const TRIGGER_LIVES_MS = 3_000;

export interface Trigger {
  readonly user: string;
  /** The view in which it arose, where it arose in one. */
  readonly view?: string;
}

type TriggerError = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

export interface Triggers {
  issue(trigger: Trigger): string;
  /** Looks whether the trigger still works; gives Slack's error where it does not. */
  look(id: string): Trigger | TriggerError;
  /** Marks it as used: called once the view is really opened. */
  use(id: string): void;
}

/** Triggers that expire on the given clock. */
export function createTriggers(now: () => number): Triggers {
  const known = new Map<string, { trigger: Trigger; issued: number; used: boolean }>();
  let n = 1000;
  return {
    issue(trigger) {
      n += 1;
      const id = `${n}.${now()}.${randomBytes(16).toString('hex')}`;
      known.set(id, { trigger, issued: now(), used: false });
      return id;
    },
    look(id) {
      const entry = known.get(id);
      if (entry === undefined) return 'invalid_trigger_id';
      if (entry.used) return 'exchanged_trigger_id';
      return now() - entry.issued > TRIGGER_LIVES_MS ? 'expired_trigger_id' : entry.trigger;
    },
    use(id) {
      const entry = known.get(id);
      if (entry !== undefined) entry.used = true;
    },
  };
}
