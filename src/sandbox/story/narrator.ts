import type { LocalSlack } from '../slack/start.ts';

/** Tells the story on a stream and keeps what did not come out as told. */
export interface Narrator {
  /** Begins a chapter. */
  chapter(title: string): void;
  /** One line of what somebody does. */
  tell(line: string): void;
  /** Waits until `check` gives something; notes it where it never does. */
  see<T>(what: string, check: () => T | undefined | false): Promise<T | undefined>;
  /** Notes it where something is not so. */
  hold(what: string, so: boolean): void;
  readonly missed: readonly string[];
}

const PATIENCE = 8_000;

export function createNarrator(slack: LocalSlack, write: (line: string) => void): Narrator {
  const missed: string[] = [];
  const mark = (what: string, so: boolean) => {
    write(`  ${so ? 'ok    ' : 'MISSED'} ${what}`);
    if (!so) missed.push(what);
  };
  return {
    chapter: (title) => write(`\n${title}`),
    tell: (line) => write(`  ${line}`),
    async see(what, check) {
      const found = await slack.until(check, { within: PATIENCE, what }).catch(() => undefined);
      mark(what, found !== undefined);
      return found;
    },
    hold: mark,
    missed,
  };
}
