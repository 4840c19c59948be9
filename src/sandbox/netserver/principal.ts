import { operation, type Product } from './operations.ts';
import type { Account, Associate } from './people.ts';
import { array, holding, member, type Reply } from './replies.ts';
import { requests } from './requests.ts';

const wrong: Reply = {
  ok: false,
  exception: { type: 'SuperOffice.Exceptions.SoInvalidPasswordException', message: 'Wrong user name or password' },
};

const refused: Reply = {
  ok: true,
  inside: `${member('Response', undefined)}${member('Credentials', undefined)}${member('AuthenticationSucceeded', false)}`,
};

/** `SoPrincipal`: logging on, and what the server says about itself. Neither needs a ticket. */
export const principalOperations = [
  operation({
    service: 'SoPrincipal',
    name: 'AuthenticateUsernamePassword',
    // Every Authenticate operation is answered by an element of this name.
    answer: 'AuthenticateResponse',
    needsTicket: false,
    request: requests.authenticate,
    perform: ({ UserName, Password }, { world, tickets, wrongPassword, distrust, product }) => {
      const account = world.account(UserName ?? '');
      const associate = world.associate(account?.associateId ?? 0);
      const right = account?.password === Password && associate?.deleted === false && !distrust;
      if (!right || account === undefined) return wrongPassword === 'flag' ? refused : wrong;
      const ticket = holding('Credentials', member('Ticket', tickets.issue(associate.id)));
      return {
        ok: true,
        inside: `${principal(associate, account, product)}${ticket}${member('AuthenticationSucceeded', true)}`,
      };
    },
  }),
  operation({
    service: 'SoPrincipal',
    name: 'GetSystemInfo',
    needsTicket: false,
    request: requests.systemInfo,
    perform: (_request, { product }) => ({ ok: true, inside: holding('SystemInfo', systemInfo(product)) }),
  }),
];

const principal = (associate: Associate, account: Account, product: Product): string =>
  holding(
    'Response',
    [
      member('UserType', associate.userType),
      member('Associate', associate.name),
      member('AssociateId', associate.id),
      member('IsPerson', true),
      member('PersonId', associate.personId),
      member('GroupId', associate.groupId),
      member('RoleName', associate.role),
      member('FullName', associate.fullName),
      member('EMailAddress', associate.email),
      array('FunctionRights', 'string', account.functionRights),
      array('SecondaryGroups', 'int', associate.otherGroupIds),
      member('DatabaseContextIdentifier', product.databaseContext),
    ].join(''),
  );

const systemInfo = ({ version, description }: Product): string =>
  [
    holding('License', member('CompanyName', 'Example AS') + member('SerialNr', '1234567890')),
    member('FileVersion', version),
    member('Description', description),
    member('CompanyName', 'Example AS'),
    member('DatabaseType', 'MSSQL'),
  ].join('');
