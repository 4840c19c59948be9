import { demandWords } from '../policy/words.ts';
import type { Request } from '../request/request.ts';
import type { Instant } from '../time.ts';
import { bold, type Card, type Part, type Text, text, time } from './card.ts';
import { describeStatus, requestLabel } from './ending.ts';

/** The last command of somebody that was refused, and why. */
export interface LastRefused {
  readonly at: Instant;
  readonly typed: string;
  readonly why: string;
  /** Other rules were in force then. */
  readonly underOthers: boolean;
  /** What would have to be different under the current rules; empty where that cannot be told. */
  readonly ways: readonly string[];
}

/**
 * `/logoff why`: which rules are for this person here, and why they were refused. `rules` are lines, with whether they
 * hold here.
 */
export function whyCard(
  rules: readonly { readonly line: string; readonly isHere: boolean }[],
  last: LastRefused | undefined,
): Card {
  const here = rules.filter(({ isHere }) => isHere);
  const elsewhere = rules.filter(({ isHere }) => !isHere);
  const summary: Text = [
    text(
      here.length === 0
        ? 'No rule lets you log anybody off in this channel.'
        : 'In this channel you may, by the first of these that fits:',
    ),
  ];
  const list = (lines: typeof rules): Part => ({ kind: 'list', items: lines.map(({ line }): Text => [text(line)]) });
  return {
    summary,
    parts: [
      { kind: 'paragraph', text: summary },
      ...(here.length === 0 ? [] : [list(here)]),
      ...(elsewhere.length === 0
        ? []
        : ([{ kind: 'paragraph', text: [text('In other channels also:')] }, list(elsewhere)] as const)),
      ...(last === undefined ? [] : refusedParts(last)),
    ],
  };
}

function refusedParts({ at, typed, why, underOthers, ways }: LastRefused): readonly Part[] {
  const then = underOthers ? ' Other rules were in force then.' : '';
  return [
    { kind: 'paragraph', text: [bold('Your last refused command'), text(', at '), time(at), text(':')] },
    { kind: 'quote', text: `/logoff ${typed}` },
    { kind: 'paragraph', text: [text(`${why}${then}`)] },
    ...(ways.length === 0
      ? []
      : ([
          { kind: 'paragraph', text: [text('Under the current rules it would pass:')] },
          { kind: 'list', items: ways.map((way): Text => [text(way)]) },
        ] as const)),
  ];
}

/**
 * `/logoff why 17`: by which rule, for what price, and what became of it. `now` is what the rules in force say, where
 * they are others.
 */
export function whyRequestCard(request: Request, now: string | undefined): Card {
  const summary: Text = [
    ...requestLabel(request),
    text(`taken by the rule "${request.rule}". It is now: `),
    ...describeStatus(request),
  ];
  const rows = [
    { label: 'Rule', value: [text(`${request.rule}: the first that fitted who asked, whom, and where`)] },
    { label: 'Asked for', value: [text(demandWords(request.demand))] },
    { label: 'Status', value: describeStatus(request) },
    {
      label: 'Rules',
      value: [text(now === undefined ? `${request.policyVersion}, still in force` : request.policyVersion)],
    },
    ...(now === undefined ? [] : [{ label: 'Asked now', value: [text(now)] }]),
  ];
  return {
    summary,
    parts: [
      { kind: 'paragraph', text: requestLabel(request) },
      { kind: 'facts', rows },
    ],
  };
}
