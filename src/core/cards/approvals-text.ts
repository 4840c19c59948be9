import type { Request } from '../request/request.ts';
import { person, type Text, text, timeIn } from './card.ts';
import { nameOf } from './people.ts';

/** How many approvals of how many there are, by whom and when; and who may agree instead. */
export function approvalsText(request: Request): Text {
  const given = request.approvals.flatMap(
    ({ by, at }, index): Text => [text(index === 0 ? ': ' : ', '), person(by), text(' at '), timeIn(request, at)],
  );
  const count = text(`${request.approvals.length} of ${request.demand.approvals}`);
  return [count, ...given, ...lapsedText(request), ...consentText(request)];
}

/** Whose approval does not count any more, unless they gave it once more. */
function lapsedText({ approvals, lapsed = [] }: Request): Text {
  const given = new Set(approvals.map(({ by }) => by.slack));
  const gone = new Map(lapsed.flatMap(({ by }) => (given.has(by.slack) ? [] : [[by.slack, by] as const])));
  return [...gone.values()].flatMap((by) => [text('; the approval of '), person(by), text(' does not count any more')]);
}

/** Who may agree instead of the approvers, or did. */
function consentText(request: Request): Text {
  const { consent, demand, targets, status } = request;
  if (consent !== undefined) return [text('; '), person(consent.by), text(' agreed at '), timeIn(request, consent.at)];
  const [only] = targets;
  if (demand.consent === undefined || status !== 'awaiting_approval' || only === undefined) return [];
  return [text(', or '), person({ slack: demand.consent, name: nameOf(only) }), text(' agrees')];
}
