import { bool, int, list, members, oneOf, text, unused } from './readers.ts';

// The members of each request in the order of the vendor's WSDL. A member that is left out is fine there, one out of order is not.

const ids = list('int', 'arrays', int);
const strings = list('string', 'arrays', text);

const order = members({ Name: text, Direction: oneOf('ASC', 'DESC') });

const restriction = members({
  Name: text,
  Operator: text,
  Values: strings,
  DisplayValues: strings,
  ColumnInfo: unused,
  IsActive: bool,
  SubRestrictions: unused,
  InterParenthesis: int,
  InterOperator: oneOf('None', 'And'),
  UniqueHash: int,
});

export const requests = {
  authenticate: members({ UserName: text, Password: text }),
  systemInfo: members({}),
  associateList: members({ AssociateIds: ids }),
  logOff: members({ AssociateIds: ids }),
  associatesByGroup: members({ GroupId: int, Type: int }),
  associateByPersonId: members({ PersonId: int }),
  mdoList: members({ Name: text, ForceFlatList: bool, AdditionalInfo: text, OnlyHistory: bool }),
  archiveList: members({
    ProviderName: text,
    Columns: strings,
    SortOrder: list('ArchiveOrderByInfo', 'so', order),
    Restriction: list('ArchiveRestrictionInfo', 'so', restriction),
    Entities: strings,
    Page: int,
    PageSize: int,
  }),
};
