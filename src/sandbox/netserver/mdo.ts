import { operation } from './operations.ts';
import type { Group } from './people.ts';
import { holding, member } from './replies.ts';
import { requests } from './requests.ts';

/** `MDO`: the lists of the database; here only that of the user groups. */
export const mdoOperations = [
  operation({
    service: 'MDO',
    name: 'GetList',
    request: requests.mdoList,
    perform: ({ Name, OnlyHistory }, { world }) => {
      if (Name !== 'usergroup') {
        const exception = { type: 'SuperOffice.Exceptions.SoNotFoundException', message: `There is no list ${Name}` };
        return { ok: false, exception };
      }
      const groups = OnlyHistory === true ? [] : world.groups();
      return { ok: true, inside: holding('Response', groups.map(item).join('')) };
    },
  }),
];

const item = (group: Group): string =>
  holding(
    'MDOListItem',
    [
      member('Id', group.id),
      member('Name', group.name),
      member('ToolTip', ''),
      member('Deleted', group.deleted ?? false),
      member('Rank', group.id),
      member('Type', ''),
      member('ChildItems', undefined),
      member('FullName', group.name),
    ].join(''),
  );
