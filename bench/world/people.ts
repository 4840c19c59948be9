import { secrets, workspace } from '../../src/sandbox/cast.ts';
import type { NetServerOptions } from '../../src/sandbox/netserver/local-netserver.ts';
import { manyGroups, manyUsers } from '../../src/sandbox/netserver/many-users.ts';
import type { SlackOptions } from '../../src/sandbox/slack/options.ts';

/** The first of the made-up users. */
export const FIRST_ID = 1_000;
/** So many of them are logged on all the time, as in a firm of that size; the others only when they are to be logged off. */
export const ALWAYS_ON = 20;

/** The one who asks; under the bot's rules Bob needs no approval, and Ola needs Alice's. */
export const BOB = 'U0BOB';
export const OLA = 'U0OLA';
export const ALICE = 'U0ALICE';

/** The workspace of the demo. */
export const town: SlackOptions = workspace;

/** A SuperOffice with this many users besides the bot's own. They have no e-mail address, so that Slack knows nobody of them. */
export const company = (users: number): NetServerOptions => {
  const people = manyUsers(users, FIRST_ID).map((user) => ({ ...user, deleted: false, email: '' }));
  return {
    people: {
      associates: [{ id: 77, name: 'SLACKBOT', fullName: 'Slack bot' }, ...people],
      groups: manyGroups,
      accounts: [
        {
          userName: secrets.netserverUser,
          password: secrets.netserverPassword,
          associateId: 77,
          functionRights: ['admin-users', 'see-other-companies-associates'],
        },
      ],
      loggedOn: people.slice(0, ALWAYS_ON).map(({ id }) => id),
    },
    // The package as it comes writes more than 90 KB for 1,000 people.
    maxRequestBytes: 1_000_000,
    // Nobody reads along.
    journalSize: 100,
  };
};
