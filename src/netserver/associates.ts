import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { type AssociateId, associateIdSchema } from '../core/ids.ts';
import type { Associate, AssociateType } from '../core/people.ts';
import { associateIdsXml } from './associate-ids.ts';
import { NetServerError } from './errors.ts';
import type { CallWithTicket } from './ticketed-calls.ts';

const TYPES: ReadonlyMap<string, AssociateType> = new Map([
  ['InternalAssociate', 'internal'],
  ['ResourceAssociate', 'resource'],
  ['ExternalAssociate', 'external'],
  ['AnonymousAssociate', 'anonymous'],
  ['SystemAssociate', 'system'],
]);

/** 1,000 people block the event loop for 75 ms while they are parsed. */
const PEOPLE_PER_CALL = 250;
const MOST_ANSWER_BYTES = 2 * 1024 * 1024;

const associateSchema = z.object({
  // For an id that it does not know the server may answer with an empty record (undocumented): read it, then leave it
  // out.
  AssociateId: z.int().optional(),
  Name: z.string().optional(),
  Type: z.string().optional(),
  GroupIdx: z.int().optional(),
  FullName: z.string().optional(),
  Deleted: z.boolean().optional(),
  // It came with version 86, so it is in no WSDL text of the project.
  UserName: z.unknown().optional(),
});
const answerSchema = z
  .object({ Response: z.object({ Associate: z.array(associateSchema.nullable()).optional() }).nullish() })
  .nullable();

/**
 * Looks these ids up. Ids that NetServer does not know are missing in the answer; nobody is in it who was not asked
 * for.
 */
export async function findAssociates(
  callWithTicket: CallWithTicket,
  ids: readonly AssociateId[],
): Promise<readonly Associate[]> {
  const found = new Map<AssociateId, Associate>();
  for (let start = 0; start < ids.length; start += PEOPLE_PER_CALL) {
    if (start > 0) await nextTurn();
    const part = ids.slice(start, start + PEOPLE_PER_CALL);
    const AssociateIds = associateIdsXml(part);
    const result = await callWithTicket({
      service: 'Associate',
      operation: 'GetAssociateList',
      args: () => ({ AssociateIds }),
      mostAnswerBytes: MOST_ANSWER_BYTES,
    });
    const asked = new Set(part);
    for (const associate of associatesIn(result)) if (asked.has(associate.id)) found.set(associate.id, associate);
  }
  return [...found.values()];
}

/**
 * Takes the body of an answer that is a list of associates; leaves empty records out, throws where it is something
 * else.
 */
export function associatesIn(result: unknown): readonly Associate[] {
  const answer = answerSchema.safeParse(result);
  if (!answer.success) throw new NetServerError('unexpected_answer', { executed: 'maybe' });
  return (answer.data?.Response?.Associate ?? []).flatMap((record) => {
    const id = associateIdSchema.safeParse(record?.AssociateId);
    return record && id.success ? [readAssociate(id.data, record)] : [];
  });
}

function readAssociate(id: AssociateId, record: z.infer<typeof associateSchema>): Associate {
  return {
    id,
    login: record.Name ?? '',
    ...(typeof record.UserName === 'string' && record.UserName !== '' ? { userName: record.UserName } : {}),
    fullName: record.FullName ?? '',
    groupId: record.GroupIdx ?? 0,
    type: TYPES.get(record.Type ?? '') ?? 'unknown',
    retired: record.Deleted ?? false,
  };
}
