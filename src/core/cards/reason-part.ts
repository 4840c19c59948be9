import type { Request } from '../request/request.ts';
import { isConfidential } from '../request/results.ts';
import { bold, type Part, type Text, text } from './card.ts';

/** Why somebody is to be logged off, as they may read it: not where the reason says that they leave the company. */
export function whyPart({ reason }: Pick<Request, 'reason'>): readonly Part[] {
  if (reason === undefined || isConfidential({ reason })) return [];
  return [
    { kind: 'paragraph', text: [bold('Reason')] },
    { kind: 'quote', text: reason },
  ];
}

/** The same as a sentence behind others. */
export function whyWords({ reason }: Pick<Request, 'reason'>): Text {
  if (reason === undefined || isConfidential({ reason })) return [];
  return [text(` Reason: ${reason}${/[.!?…]$/u.test(reason) ? '' : '.'}`)];
}
