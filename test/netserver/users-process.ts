import { startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { manyGroups, manyUsers } from '../../src/sandbox/netserver/many-users.ts';
import { PASSWORD } from './password.ts';

// A server with as many users as it is told, in a process of its own: what it does must not count as a stall of the bot.
const local = await startNetServer({
  people: {
    associates: [{ id: 77, name: 'SLACKBOT' }, ...manyUsers(Number(process.argv[2]))],
    groups: manyGroups,
    accounts: [{ userName: 'slackbot', password: PASSWORD, associateId: 77, functionRights: ['admin-users'] }],
  },
});
process.stdout.write(`${local.url}\n`);
