import type { AssociateId, NonEmpty } from '../core/ids.ts';
import { associateIdsXml } from './associate-ids.ts';
import type { CallWithTicket } from './ticketed-calls.ts';

/** WCF usually refuses messages over 64 KB; ours must stay clear of that. */
const MOST_REQUEST_BYTES = 60 * 1024;
const MOST_ANSWER_BYTES = 256 * 1024;

/**
 * Ends the Windows client logons of these people, in one message. Resolves only where NetServer said that the call
 * succeeded; that says nothing about any single person. `maySend` is asked immediately before each send; a message over
 * 60 KB is refused.
 */
export async function logOffWindowsUsers(
  callWithTicket: CallWithTicket,
  ids: NonEmpty<AssociateId>,
  maySend: () => boolean,
): Promise<void> {
  const AssociateIds = associateIdsXml(ids);
  await callWithTicket({
    service: 'Associate',
    operation: 'LogOffWindowsUsers',
    args: () => ({ AssociateIds }),
    mostRequestBytes: MOST_REQUEST_BYTES,
    mostAnswerBytes: MOST_ANSWER_BYTES,
    maySend,
  });
}
