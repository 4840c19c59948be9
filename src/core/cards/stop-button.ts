import type { Request } from '../request/request.ts';
import type { Button } from './card.ts';

/** Stops a request that is approved. It asks nothing: whoever stops must be quick, and nobody is logged off by it. */
export const stopButton = (request: Pick<Request, 'id'>, label: string): Button => ({
  action: 'cancel',
  label,
  request: request.id,
});
