import type { Request } from '../request/request.ts';
import { isConfidential } from '../request/results.ts';
import { bold, type Part } from './card.ts';

/** Why somebody is to be logged off, as they may read it: not where the reason says that they leave the company. */
export function whyPart({ reason }: Pick<Request, 'reason'>): readonly Part[] {
  if (reason === undefined || isConfidential({ reason })) return [];
  return [
    { kind: 'paragraph', text: [bold('Reason')] },
    { kind: 'quote', text: reason },
  ];
}
