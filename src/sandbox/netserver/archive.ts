import { restrictionTest } from './archive-restrictions.ts';
import { columns, entities, rowsOf } from './archive-rows.ts';
import { operation } from './operations.ts';
import type { Associate } from './people.ts';
import { holding, member, misuse } from './replies.ts';
import { requests } from './requests.ts';
import type { World } from './world.ts';

/** The vendor's limit. */
const largestPage = 1000;

/** `Archive`: reading lists; here the provider `InternalUsers`. */
export const archiveOperations = [
  operation({
    service: 'Archive',
    name: 'GetArchiveListByColumns',
    request: requests.archiveList,
    perform: (request, { world, caller }) => {
      const { ProviderName, SortOrder = [], Restriction = [], Page = 0, PageSize = 0 } = request;
      const asked = (request.Columns ?? []).map((name) => name ?? '');
      const wanted = (request.Entities ?? []).map((name) => name ?? '');
      const orders = SortOrder.map(({ Name = '', Direction }) => ({ column: Name, descending: Direction === 'DESC' }));
      const sorted = orders.map(({ column }) => column);
      if (ProviderName !== 'InternalUsers') return misuse(`There is no archive provider ${ProviderName}`);
      if (asked.length === 0) return misuse('No columns were asked for');
      if (wanted.length === 0) return misuse('No entities were asked for');
      for (const name of [...asked, ...sorted]) if (!columns.has(name)) return misuse(`There is no column "${name}"`);
      for (const name of wanted) if (!entities.has(name)) return misuse(`There is no entity "${name}"`);
      if (Page < 0) return misuse(`Pages count from 0, not from ${Page}`);
      if (PageSize < 1 || PageSize > largestPage) return misuse(`A page has 1 to ${largestPage} rows, not ${PageSize}`);
      const test = restrictionTest(Restriction);
      if (typeof test === 'string') return misuse(test);
      const rows = rowsOf(world, wanted, orders).filter(
        (associate) => test(associate, world) && world.sees(caller, associate),
      );
      const page = rows.slice(Page * PageSize, (Page + 1) * PageSize);
      // Reading who is on, page by page, counts as one reading.
      if (wanted.join() === 'loggedOnWin' && Page === 0) world.noteReading();
      return { ok: true, inside: holding('Response', page.map((one) => row(wanted[0], one, asked, world)).join('')) };
    },
  }),
];

const row = (entity: string | undefined, associate: Associate, asked: readonly string[], world: World): string => {
  const cells = asked.map((name) => {
    const value = holding(
      'Value',
      member('DisplayValue', columns.get(name)?.(associate, world)) +
        member('TooltipHint', '') +
        member('LinkHint', ''),
    );
    return holding('ColumnDataKeyValuePair', member('Key', name) + value);
  });
  return holding(
    'ArchiveListItem',
    [
      member('EntityName', entity),
      member('PrimaryKey', associate.id),
      holding('ColumnData', cells.join('')),
      member('LinkHint', ''),
      member('StyleHint', ''),
    ].join(''),
  );
};
