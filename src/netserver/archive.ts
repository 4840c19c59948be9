import { z } from 'zod';
import { NetServerError } from './errors.ts';
import type { CallWithTicket } from './ticketed-calls.ts';

/** A list of users in table form: which columns of which kinds of users, in which order. */
export interface UserList {
  readonly columns: readonly string[];
  readonly sortBy: string;
  /** Several are combined with OR by the server. */
  readonly entities: readonly string[];
}

/** One row: the text of each column, numbers still in the archive's own writing. */
export type ArchiveRow = ReadonlyMap<string, string>;

/** Which rows of a list: with pages of `size` rows, page number `number`, counted from 0. */
export interface Page {
  readonly number: number;
  /**
   * The vendor allows 1000. A page is parsed in one go: about 0.1 ms of a blocked event loop for each row of six
   * columns.
   */
  readonly size: number;
}

const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

const rowSchema = z.object({
  ColumnData: z
    .object({
      ColumnDataKeyValuePair: z
        .array(z.object({ Key: z.string(), Value: z.object({ DisplayValue: z.string().nullish() }).nullish() }))
        .optional(),
    })
    .nullish(),
});
const answerSchema = z
  .object({ Response: z.object({ ArchiveListItem: z.array(rowSchema).optional() }).nullish() })
  .nullable();

/**
 * Reads one page of the provider `InternalUsers`, without any restriction. Less than `size` rows: there are no more.
 */
export async function readUsersPage(
  callWithTicket: CallWithTicket,
  list: UserList,
  page: Page,
): Promise<readonly ArchiveRow[]> {
  const result = await callWithTicket({
    service: 'Archive',
    operation: 'GetArchiveListByColumns',
    args: () => ({
      ProviderName: 'InternalUsers',
      Columns: { string: [...list.columns] },
      SortOrder: { ArchiveOrderByInfo: [{ Name: list.sortBy, Direction: 'ASC' }] },
      // The provider wants at least one restriction; this is the one for everything.
      Restriction: {
        ArchiveRestrictionInfo: [{ Name: 'getAllRows', Operator: '=', Values: { string: ['1'] }, IsActive: true }],
      },
      Entities: { string: [...list.entities] },
      Page: page.number,
      PageSize: page.size,
    }),
    mostAnswerBytes: MOST_ANSWER_BYTES,
  });
  const answer = answerSchema.safeParse(result);
  if (!answer.success) throw new NetServerError('unexpected_answer', { executed: 'maybe' });
  return (answer.data?.Response?.ArchiveListItem ?? []).map(readRow);
}

function readRow(row: z.infer<typeof rowSchema>): ArchiveRow {
  const pairs = row.ColumnData?.ColumnDataKeyValuePair ?? [];
  return new Map(pairs.map(({ Key, Value }) => [Key, Value?.DisplayValue ?? '']));
}

/** Reads a number in the archive's writing, `[I:21]`, or plain digits; undefined for anything else. */
export function archiveNumber(text: string | undefined): number | undefined {
  const digits = /^(?:\[I:(\d{1,10})\]|(\d{1,10}))$/.exec(text ?? '');
  return digits ? Number(digits[1] ?? digits[2]) : undefined;
}
