import { choice, listOf, member, type ServiceContract, type } from './document.ts';

const USER_TYPES = choice('UserType', [
  'Unknown',
  'InternalAssociate',
  'ResourceAssociate',
  'ExternalAssociate',
  'AnonymousAssociate',
  'SystemAssociate',
]);

/** Who is asking: logon, and what may be asked without one. */
const soPrincipal: ServiceContract = {
  service: 'SoPrincipal',
  operations: [
    {
      name: 'AuthenticateUsernamePassword',
      request: member('UserName', 'xs:string') + member('Password', 'xs:string'),
      answerElement: 'AuthenticateResponse',
      answer:
        member('Response', 'tns:SoPrincipalCarrier') +
        member('Credentials', 'tns:SoCredentials') +
        member('AuthenticationSucceeded', 'xs:boolean'),
    },
    {
      name: 'GetSystemInfo',
      request: '',
      answerElement: 'GetSystemInfoResponse',
      answer: member('SystemInfo', 'tns:SoSystemInfoCarrier'),
    },
  ],
  types: [
    USER_TYPES,
    type('SoPrincipalCarrier', [
      member('UserType', 'tns:UserType'),
      member('Associate', 'xs:string'),
      member('AssociateId', 'xs:int'),
      member('FunctionRights', 'arr:ArrayOfstring'),
      member('DatabaseContextIdentifier', 'xs:string'),
    ]),
    type('SoCredentials', [member('Ticket', 'xs:string')]),
    type('SoSystemInfoCarrier', [
      member('License', 'tns:LicenseInfo'),
      member('FileVersion', 'xs:string'),
      member('Description', 'xs:string'),
      member('CompanyName', 'xs:string'),
      member('DatabaseType', 'xs:string'),
    ]),
    type('LicenseInfo', [member('SerialNr', 'xs:string')]),
  ].join('\n'),
};

/** People who log on, and ending their Windows client logon. */
const associate: ServiceContract = {
  service: 'Associate',
  operations: [
    {
      name: 'GetAssociateList',
      request: member('AssociateIds', 'arr:ArrayOfint'),
      answerElement: 'GetAssociateListResponse',
      answer: member('Response', 'tns:ArrayOfAssociate'),
    },
    {
      name: 'GetAssociatesByGroup',
      request: member('GroupId', 'xs:int') + member('Type', 'xs:int'),
      answerElement: 'GetAssociatesByGroupResponse',
      answer: member('Response', 'tns:ArrayOfAssociate'),
    },
    {
      name: 'LogOffWindowsUsers',
      request: member('AssociateIds', 'arr:ArrayOfint'),
      answerElement: 'LogOffWindowsUsersResponse',
      answer: '',
    },
  ],
  types: [
    USER_TYPES,
    type('Associate', [
      member('AssociateId', 'xs:int'),
      member('Name', 'xs:string'),
      member('Type', 'tns:UserType'),
      member('GroupIdx', 'xs:int'),
      member('FullName', 'xs:string'),
      member('Deleted', 'xs:boolean'),
    ]),
    listOf('Associate'),
  ].join('\n'),
};

/** Lists in table form: columns, restrictions and entities in, rows of text out. */
const archive: ServiceContract = {
  service: 'Archive',
  operations: [
    {
      name: 'GetArchiveListByColumns',
      request:
        member('ProviderName', 'xs:string') +
        member('Columns', 'arr:ArrayOfstring') +
        member('SortOrder', 'tns:ArrayOfArchiveOrderByInfo') +
        member('Restriction', 'tns:ArrayOfArchiveRestrictionInfo') +
        member('Entities', 'arr:ArrayOfstring') +
        member('Page', 'xs:int') +
        member('PageSize', 'xs:int'),
      answerElement: 'GetArchiveListByColumnsResponse',
      answer: member('Response', 'tns:ArrayOfArchiveListItem'),
    },
  ],
  types: [
    choice('OrderBySortType', ['ASC', 'DESC']),
    type('ArchiveOrderByInfo', [member('Name', 'xs:string'), member('Direction', 'tns:OrderBySortType')]),
    listOf('ArchiveOrderByInfo'),
    type('ArchiveRestrictionInfo', [
      member('Name', 'xs:string'),
      member('Operator', 'xs:string'),
      member('Values', 'arr:ArrayOfstring'),
      member('IsActive', 'xs:boolean'),
    ]),
    listOf('ArchiveRestrictionInfo'),
    type('ArchiveListItem', [member('PrimaryKey', 'xs:int'), member('ColumnData', 'tns:ColumnDataDictionary')]),
    listOf('ArchiveListItem'),
    type('ColumnDataDictionary', [
      '<xs:element minOccurs="0" maxOccurs="unbounded" name="ColumnDataKeyValuePair"><xs:complexType><xs:sequence><xs:element name="Key" nillable="true" type="xs:string"/><xs:element name="Value" nillable="true" type="tns:ArchiveColumnData"/></xs:sequence></xs:complexType></xs:element>',
    ]),
    type('ArchiveColumnData', [member('DisplayValue', 'xs:string')]),
  ].join('\n'),
};

/** The lists of the database, such as that of the user groups. */
const mdo: ServiceContract = {
  service: 'MDO',
  operations: [
    {
      name: 'GetList',
      request:
        member('Name', 'xs:string') +
        member('ForceFlatList', 'xs:boolean') +
        member('AdditionalInfo', 'xs:string') +
        member('OnlyHistory', 'xs:boolean'),
      answerElement: 'GetListResponse',
      answer: member('Response', 'tns:ArrayOfMDOListItem'),
    },
  ],
  types: [
    type('MDOListItem', [member('Id', 'xs:int'), member('Name', 'xs:string'), member('Deleted', 'xs:boolean')]),
    listOf('MDOListItem'),
  ].join('\n'),
};

/** What the bot uses of each service, by the name that stands in its address. */
export const CONTRACTS = { SoPrincipal: soPrincipal, Associate: associate, Archive: archive, MDO: mdo } as const;

export type ServiceName = keyof typeof CONTRACTS;
