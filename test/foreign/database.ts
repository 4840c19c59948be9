import { channels, secrets, superoffice } from '../../src/sandbox/cast.ts';
import type { Database, Somebody } from './state-folder.ts';

const { people: cast = {} } = superoffice;

const somebody = (id: number, more: Partial<Somebody> = {}): Somebody => ({
  id,
  name: `user${id}`,
  fullName: `Person Number ${id}`,
  groupId: 4,
  ...more,
});

/** The SuperOffice of the demo. */
export const demo: Database = {
  people: (cast.associates ?? []).map(
    ({ id, name, fullName = name, groupId = 0, email, userType, deleted = false }) => ({
      id,
      name,
      fullName,
      groupId,
      ...(email ? { email } : {}),
      external: userType === 'ExternalAssociate',
      retired: deleted,
    }),
  ),
  groups: (cast.groups ?? []).map(({ id, name }) => ({ id, name })),
  account: { login: secrets.netserverUser, password: secrets.netserverPassword, id: 77 },
  rights: ['admin-users', 'see-other-companies-associates'],
  on: cast.loggedOn ?? [],
};

/** More people than fit on one page of anything, with names that need care in XML, most of them logged on. */
export const crowd: Database = {
  ...demo,
  people: [
    ...demo.people,
    somebody(301, { name: 'x<y', fullName: 'Ola <Nordmann> & "Sønner" ]]> 🙂' }),
    somebody(302, { fullName: 'ignored by groups', groupId: 99 }),
    somebody(2147483647),
    ...Array.from({ length: 640 }, (_, at) => somebody(1001 + at, { email: `user${1001 + at}@example.com` })),
  ],
  on: [...demo.on, ...Array.from({ length: 620 }, (_, at) => 1001 + at)],
};

/** Settings without waiting: nobody is warned before, and there is time to answer. */
export const settingsOf = (netserverUrl: string): string => `
slack:
  mode: socket
  approvals_channel: ${channels.approvals}
netserver:
  url: ${netserverUrl}
  timeout: 5s
verify: { for: 3s, every: 1s, watch: 1s }
identities: { U0ANNA: 101 }
people:
  helpdesk: { users: [U0BOB] }
  crm-leads: { users: [U0ALICE, U0OLA] }
never: [1]
rules:
  - { name: own session, who: anyone, targets: self, approvals: 0 }
  - { name: helpdesk, who: helpdesk, targets: { at_most: 5 }, approvals: 1, approvers: crm-leads, warn: 0s }
  - { name: leads, who: crm-leads, targets: any, approvals: 1, approvers: crm-leads, warn: 0s }
`;
