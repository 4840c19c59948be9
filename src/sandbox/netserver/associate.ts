import { operation } from './operations.ts';
import type { Associate } from './people.ts';
import { holding, member, misuse, type Reply } from './replies.ts';
import { requests } from './requests.ts';

const service = 'Associate';

/** `Associate`: who people are, and logging them off the Windows client. */
export const associateOperations = [
  operation({
    service,
    name: 'GetAssociateList',
    request: requests.associateList,
    ids: ({ AssociateIds = [] }) => AssociateIds,
    // What the vendor does with unknown ids is not documented; here they are left out.
    perform: ({ AssociateIds = [] }, { world, version }) =>
      people(
        version,
        [...new Set(AssociateIds)].map(world.associate).filter((found) => found !== undefined),
      ),
  }),
  operation({
    service,
    name: 'LogOffWindowsUsers',
    request: requests.logOff,
    ids: ({ AssociateIds = [] }) => AssociateIds,
    perform: ({ AssociateIds = [] }, { world, pretend, comeback }) => {
      if (AssociateIds.length === 0) return misuse('LogOffWindowsUsers was called with an empty list');
      if (pretend) return { ok: true, inside: '' };
      // Unknown ids and people who are not on: not documented either. Here nothing happens and the call succeeds.
      const loggedOff = AssociateIds.filter((id) => world.isLoggedOn(id) && world.logOffDirectly(id));
      if (comeback !== undefined) for (const id of loggedOff) world.letComeBack(id, comeback);
      return { ok: true, inside: '', loggedOff };
    },
  }),
  operation({
    service,
    name: 'GetAssociatesByGroup',
    request: requests.associatesByGroup,
    perform: ({ GroupId, Type }, { world, version, caller }) => {
      if (Type !== 1 && Type !== 2 && Type !== 3) return misuse(`GetAssociatesByGroup knows types 1 to 3, not ${Type}`);
      // Only user groups (2) have members here, and only by primary group: about secondary ones nobody could say.
      const inGroup = world
        .associates()
        .filter((one) => Type === 2 && one.groupId === GroupId && world.sees(caller, one));
      return people(version, inGroup);
    },
  }),
  operation({
    service,
    name: 'GetAssociateByPersonId',
    request: requests.associateByPersonId,
    perform: ({ PersonId }, { world, version }) => {
      const found = world.associates().find(({ personId }) => personId === PersonId && personId > 0);
      return {
        ok: true,
        inside: found === undefined ? member('Response', undefined) : card('Response', version, found),
      };
    },
  }),
];

const people = (version: number, found: readonly Associate[]): Reply => ({
  ok: true,
  inside: holding('Response', found.map((associate) => card('Associate', version, associate)).join('')),
});

const card = (element: string, version: number, associate: Associate): string =>
  holding(
    element,
    [
      '<TableRight i:nil="true"/><FieldProperties i:nil="true"/>',
      member('AssociateId', associate.id),
      member('Name', associate.name),
      member('PersonId', associate.personId),
      member('Rank', associate.rank),
      member('Tooltip', ''),
      member('Type', associate.userType),
      member('GroupIdx', associate.groupId),
      member('FullName', associate.fullName),
      member('FormalName', associate.fullName),
      member('Deleted', associate.deleted),
      member('EjUserId', 0),
      // The member came with version 86.
      version >= 86 ? member('UserName', associate.userName) : '',
    ].join(''),
  );
