import type { AssociateId } from '../ids.ts';
import type { LeftOut, NamedBy, Target } from '../people.ts';
import type { Request, Result, Warned } from '../request/request.ts';
import { isOffboarding, resultsSoFar } from '../request/results.ts';
import { mustBePhoned } from '../request/warning.ts';
import { bold, type Part, person, type Text, text } from './card.ts';
import { leftOuts } from './catalogue.ts';

/** How many people a card lists before it says "and n more". */
export const LISTED_ON_CARD = 20;
/** How many people one page of a modal lists. */
export const LISTED_ON_PAGE = 50;

/** "1 person", "2 people". */
export const countPeople = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

/** For who named more people than their rules take: how many that are, and how many there may be. */
export const tooManyWords = (count: number, most: number): string =>
  `${countPeople(count)}; your rules allow at most ${most} in one request.`;

/** "Jane Doe and 2 more": whom it concerns, in a few words. */
export function nameTargets(targets: readonly Pick<Target, 'fullName' | 'login'>[]): string {
  const [first, ...more] = targets;
  if (first === undefined) return 'nobody';
  const name = nameOf(first);
  return more.length === 0 ? name : `${name} and ${more.length} more`;
}

/** The same for a request: "everyone" where nobody is named. */
export const nameAll = ({ everyone, targets }: Pick<Request, 'everyone' | 'targets'>): string =>
  everyone === undefined ? nameTargets(targets) : 'everyone';

/** "2 people", or "everyone". */
export const countAll = ({ everyone, targets }: Pick<Request, 'everyone' | 'targets'>): string =>
  everyone === undefined ? countPeople(targets.length) : 'everyone';

export const nameOf = (who: Pick<Target, 'fullName' | 'login'>): string =>
  who.fullName.trim() || who.login.trim() || 'somebody without a name';

const wasOn = { on: 'logged on now', off: 'not logged on now', unknown: 'not known whether logged on' } as const;

/** What came out for one person, in words that stand alone. */
export function describeOutcome({ outcome }: Result): string {
  switch (outcome.kind) {
    case 'gone':
      return 'logged off';
    case 'back':
      return 'logged off, and has logged on again since';
    case 'listed':
      return 'still listed as logged on: not logged off, or already back (SuperOffice cannot tell which)';
    case 'was_not_on':
      return 'was not logged on, so nothing was sent';
    case 'not_checked':
      return 'could not be checked';
    case 'see':
      return `handled by request ${outcome.request}`;
  }
}

function describeTarget(target: Target, request: Request, results: ReadonlyMap<AssociateId, Result>): Text {
  const result = results.get(target.id);
  const ended = 'endedAt' in request;
  const state = result !== undefined ? describeResult(result, request) : ended ? 'nothing was done' : wasOn[target.on];
  const warned = request.status === 'warning' && request.warned?.people.find(({ id }) => id === target.id);
  return lineOf(target, warned ? describeWarned(warned, request.everyone !== undefined) : state);
}

/** For somebody who leaves the company the administrator wants to go on: SuperOffice deletes nobody who is logged on. */
function describeResult(result: Result, request: Request): string {
  const leaving = isOffboarding(request) && (result.outcome.kind === 'gone' || result.outcome.kind === 'was_not_on');
  return `${describeOutcome(result)}${leaving ? '; the SuperOffice user can now be deleted' : ''}`;
}

/** What somebody who is warned said so far, or that somebody must phone them. Where everyone is told nobody answers. */
function describeWarned(warned: Warned, isEveryone: boolean): string {
  const { ready, snoozes } = warned;
  if (mustBePhoned(warned)) return 'could not be warned: phone them';
  if (ready === true) return 'warned, ready';
  if (snoozes > 0) return `warned, asked for more time${snoozes > 1 ? ` ${snoozes} times` : ''}`;
  return isEveryone ? 'told' : 'warned, no answer yet';
}

/** "Jane Doe (jane.doe, id 102, Sales), @jane, found by full name: logged on now". */
function lineOf(target: Target, state: string | undefined): Text {
  const group = target.group ?? `group ${target.groupId}`;
  const facts = [target.login, `id ${target.id}`, group].filter((fact) => fact !== '').join(', ');
  const retired = target.retired ? ' (retired user)' : '';
  const found = target.namedBy === undefined ? '' : foundBy[target.namedBy];
  const last = `${found}${state === undefined ? '' : `: ${state}`}`;
  return [
    bold(nameOf(target)),
    text(` (${facts})${retired}`),
    ...inSlack(target),
    ...(last === '' ? [] : [text(last)]),
  ];
}

/** How it was found out that this person is meant, where it was not by the id. */
const foundBy: Readonly<Record<NamedBy, string>> = {
  id: '',
  login: ', found by login',
  name: ', found by full name',
  email: ', found by e-mail address',
  me: ', named as "me"',
  mention: ', found by mention',
  group: ', found by group',
  everyone: '',
};

function inSlack(target: Target): Text {
  if (target.slack === undefined) return [];
  const { user, how } = target.slack;
  const known = how === 'email' ? ' (known only by e-mail)' : '';
  return [text(', '), person({ slack: user, name: nameOf(target) }), text(known)];
}

/** One line for somebody of whom there is no request yet; whether they are logged on only where that may be told. */
export const candidateLine = (target: Target, isToldOn: boolean): Text =>
  lineOf(target, isToldOn ? wasOn[target.on] : undefined);

/** One line for each target, with what came out where that is known. */
export function targetLines(request: Request): readonly Text[] {
  const results = new Map(resultsSoFar(request).map((result) => [result.id, result]));
  return request.targets.map((target) => describeTarget(target, request, results));
}

/** Everybody who is meant, or what came out for each, as far as a card lists people. */
export function targetsPart(request: Request): readonly Part[] {
  const lines = targetLines(request);
  const more: readonly Text[] =
    lines.length > LISTED_ON_CARD ? [[text(`and ${lines.length - LISTED_ON_CARD} more`)]] : [];
  const title =
    'endedAt' in request
      ? 'What happened to each person'
      : request.everyone !== undefined
        ? 'Logged on when last looked; whoever is logged on at that time is logged off'
        : 'To be logged off the SuperOffice Windows client';
  return [
    { kind: 'paragraph', text: [bold(`${title} (${lines.length})`)] },
    { kind: 'list', items: [...lines.slice(0, LISTED_ON_CARD), ...more] },
    ...('endedAt' in request ? [] : retiredPart(request.targets)),
  ];
}

/** How many of them left the company by what SuperOffice says: in a long list nobody sees that beside the names. */
export function retiredPart(targets: readonly Pick<Target, 'retired'>[]): readonly Part[] {
  const count = targets.filter(({ retired }) => retired).length;
  if (count === 0) return [];
  const who = targets.length === 1 ? 'This user is' : `${count} of them ${count === 1 ? 'is' : 'are'}`;
  return [{ kind: 'note', text: [text(`${who} retired in SuperOffice.`)] }];
}

/** Those who were named but are not part of the request, each with the reason. */
export const leftOutPart = (leftOut: readonly LeftOut[]): readonly Part[] =>
  leftOut.length === 0 ? [] : [{ kind: 'paragraph', text: [bold('Left out')] }, leftOutList(leftOut)];

export function leftOutList(leftOut: readonly LeftOut[]): Part {
  const items = leftOut.slice(0, LISTED_ON_CARD).map(({ id, name, code }): Text => {
    const who = name === undefined || name === '' ? `id ${id}` : `${name} (id ${id})`;
    return [text(`${who}: ${leftOuts[code].say}`)];
  });
  const more: readonly Text[] =
    leftOut.length > LISTED_ON_CARD ? [[text(`and ${leftOut.length - LISTED_ON_CARD} more`)]] : [];
  return { kind: 'list', items: [...items, ...more] };
}
