import { z } from 'zod';
import type { DirectoryGroup } from '../core/directory.ts';
import type { Associate } from '../core/people.ts';
import { associatesIn } from './associates.ts';
import { NetServerError } from './errors.ts';
import type { CallWithTicket } from './ticketed-calls.ts';

const MOST_ANSWER_BYTES = 2 * 1024 * 1024;

/** In the vendor's count of group types, the one of user groups. */
const USER_GROUP = 2;

const itemSchema = z.object({
  Id: z.int(),
  Name: z.string().nullish(),
  Deleted: z.boolean().optional(),
});
const answerSchema = z
  .object({ Response: z.object({ MDOListItem: z.array(itemSchema).optional() }).nullish() })
  .nullable();

/** The user groups that are in use. Two may have the same name. */
export async function readGroups(callWithTicket: CallWithTicket): Promise<readonly DirectoryGroup[]> {
  const result = await callWithTicket({
    service: 'MDO',
    operation: 'GetList',
    args: () => ({ Name: 'usergroup', ForceFlatList: true, AdditionalInfo: '', OnlyHistory: false }),
    mostAnswerBytes: MOST_ANSWER_BYTES,
  });
  const answer = answerSchema.safeParse(result);
  if (!answer.success) throw new NetServerError('unexpected_answer', { executed: 'maybe' });
  const items = answer.data?.Response?.MDOListItem ?? [];
  return items.flatMap(({ Id, Name, Deleted }) => (Deleted === true || Id < 1 ? [] : [{ id: Id, name: Name ?? '' }]));
}

/**
 * Who is in a user group by primary group; whether the server adds those who are in it besides is not documented. The
 * answer comes in one piece of some 500 bytes a person: `too_large` for more than about 4,000.
 */
export async function membersOf(callWithTicket: CallWithTicket, groupId: number): Promise<readonly Associate[]> {
  const valid = z.int().min(1).max(2_147_483_647).safeParse(groupId);
  if (!valid.success) throw new NetServerError('bad_input', { executed: 'no' });
  const result = await callWithTicket({
    service: 'Associate',
    operation: 'GetAssociatesByGroup',
    args: () => ({ GroupId: valid.data, Type: USER_GROUP }),
    mostAnswerBytes: MOST_ANSWER_BYTES,
  });
  return associatesIn(result);
}
