import { associateId } from '../../core/ids.ts';
import { NetServerError } from '../../netserver/errors.ts';
import type { AccountInspection } from '../../netserver/inspect.ts';
import type { Self } from '../../netserver/log-on.ts';
import { missingRights } from '../../netserver/server-facts.ts';
import { describeError } from './describe-error.ts';
import { type Finding, type Line, ok, skipped, toCheck, wrong } from './finding.ts';
import type { Tools } from './tools.ts';

const MOST_USERS = 100;

const RIGHTS: Readonly<Record<string, string>> = {
  'admin-users': 'SuperOffice may refuse the log-off. Which smaller right would do is not documented',
  'see-other-companies-associates': 'people who belong to another company are not found',
};

/** What the bot's user may do, after one logon. Where that is refused nothing more is asked, and it is not tried again. */
export async function examineAccount(
  tools: Tools,
  account: AccountInspection,
): Promise<{ readonly lines: readonly Line[]; readonly self?: Self }> {
  const { examine, configuration } = tools;
  let self: Self | undefined;
  const logon = await examine('netserver.logon', async () => {
    self = await account.self();
    return describeSelf(configuration.environment.netserverUsername, self);
  });
  // It was set in there, which the compiler cannot see.
  const found: Self | undefined = self;
  if (found === undefined) return { lines: [...logon, ...notLoggedOn] };
  const [users, on, identities] = await Promise.all([
    examine('netserver.users', () => describeUsers(account)),
    examine('netserver.logged_on', () => describeLoggedOn(account)),
    examine('netserver.identity', () => describeIdentities(account, tools)),
  ]);
  const rights = await examine('netserver.rights', async () => describeRights(found));
  return { lines: [...logon, ...rights, ...users, ...on, ...identities], self: found };
}

const notLoggedOn: readonly Line[] = ['rights', 'users', 'logged_on'].map((name) => ({
  check: `netserver.${name}`,
  ...skipped('without a logon'),
}));

function describeSelf(username: string, { login, associateId: id, userType }: Self): Finding {
  const say = `${username} = associate ${id} (${login}), ${userType}`;
  if (userType === 'InternalAssociate' || userType === 'SystemAssociate') return ok(say);
  return toCheck(say, 'Use an ordinary internal user with a role of its own.');
}

function describeRights(self: Self): Finding | readonly Finding[] {
  const missing = missingRights(self);
  if (missing.length > 0) {
    return missing.map((right) =>
      wrong(`${right} is missing: ${RIGHTS[right] ?? ''}`, 'Add it to the role of the bot’s user.'),
    );
  }
  return ok(
    self.userType === 'SystemAssociate'
      ? 'a system user bypasses them'
      : 'admin-users and see-other-companies-associates',
  );
}

async function describeUsers(account: AccountInspection): Promise<Finding> {
  const count = await account.countUsers(MOST_USERS);
  const many = count < MOST_USERS ? `${count}` : `${MOST_USERS} or more`;
  if (count > 1) return ok(`the archive InternalUsers shows ${many} users`);
  return toCheck(`the archive InternalUsers shows ${many} users`, 'Look at what the role of the bot’s user may see.');
}

async function describeLoggedOn(account: AccountInspection): Promise<Finding> {
  try {
    const { size } = await account.whoIsOn();
    return ok(`${size} ${size === 1 ? 'person is' : 'people are'} on the Windows client now`);
  } catch (error) {
    if (!(error instanceof NetServerError) || error.code !== 'not_allowed') throw error;
    const { say } = describeError(error);
    return wrong(
      `who is logged on (loggedOnWin) cannot be read. ${say}`,
      'Give the role of the bot’s user the right to it: without the list every result is “could not be checked”.',
    );
  }
}

async function describeIdentities(account: AccountInspection, { configuration }: Tools): Promise<readonly Finding[]> {
  const entries = Object.entries(configuration.policy.identities);
  if (entries.length === 0) return [];
  const found = await account.findAssociates([...new Set(entries.map(([, id]) => associateId(id)))]);
  const known = new Map(found.map((each) => [Number(each.id), each]));
  return entries.map(([slack, id]) => {
    const associate = known.get(id);
    if (associate === undefined)
      return wrong(
        `${slack} is tied to associate ${id}, whom SuperOffice does not show`,
        'Correct the number, or remove the line.',
      );
    const say = `${slack} is tied to associate ${id} = ${associate.fullName} (${associate.login})`;
    if (associate.type !== 'internal')
      return wrong(`${say}, no internal user`, 'Correct the number: only internal users have the Windows client.');
    return associate.retired ? toCheck(`${say}, retired`, 'Remove the line if they have left.') : ok(say);
  });
}
