import { oneLine } from '../one-line.ts';
import type { Line, State } from './finding.ts';

const WIDTH: Readonly<Record<'state' | 'check', number>> = { state: 8, check: 24 };

/** One line: how it is, what was looked at, what was found, what to do. Names out of Slack may hold anything. */
export function textLine({ state, check, say, todo }: Line): string {
  const words = oneLine(todo === undefined ? say : `${say.replace(/[.:]$/, '')}. ${todo}`);
  return `${state.padEnd(WIDTH.state)}${check.padEnd(WIDTH.check)}${words}`;
}

/** What it comes to, in words. */
export function summary(lines: readonly Line[]): string {
  const count = (state: State, words: string): readonly string[] => {
    const many = lines.filter((line) => line.state === state).length;
    return many === 0 ? [] : [`${many} ${words}.`];
  };
  const wrong = count('wrong', 'wrong');
  const rest = [...count('check', 'to check'), ...count('skipped', 'not looked at')];
  return [...(wrong.length === 0 ? ['Nothing wrong.'] : wrong), ...rest].join(' ');
}

/** What was not looked at was left out because of something that is wrong, or is not known to be. */
export const isAllGood = (lines: readonly Line[]): boolean => lines.every(({ state }) => state !== 'wrong');

/** The same for programs. */
export const jsonReport = (lines: readonly Line[]): string =>
  JSON.stringify({ ok: isAllGood(lines), checks: lines }, undefined, 2);
