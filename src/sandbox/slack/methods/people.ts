import type { Json } from '../json.ts';
import type { SlackUser } from '../options.ts';
import type { World } from '../world.ts';
import { type Answer, type Args, fine, type Methods, refuse } from './method.ts';
import { page } from './page.ts';

/** A person as the bot may see them: the address only with `users:read.email`. */
function userObject(user: SlackUser, world: World): Json {
  const mayReadEmail = world.scopes().includes('users:read.email');
  const { email, ...flags } = user;
  const visible = mayReadEmail && email !== undefined && !user.is_bot ? { email } : {};
  return {
    is_bot: false,
    is_app_user: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_email_confirmed: true,
    ...flags,
    deleted: user.deleted ?? false,
    team_id: user.team_id ?? world.workspace.team.id,
    profile: { real_name: user.real_name, display_name: user.name, ...visible },
  };
}

function ours(user: SlackUser, world: World): boolean {
  return (user.team_id ?? world.workspace.team.id) === world.workspace.team.id;
}

function info(args: Args, world: World): Answer {
  const user = world.workspace.user(args.text('user'));
  return user === undefined ? refuse('user_not_found') : fine({ user: userObject(user, world) });
}

function list(args: Args, world: World): Answer {
  const part = page(
    world.workspace.users().filter((user) => ours(user, world)),
    args,
  );
  if (part === undefined) return refuse('invalid_cursor');
  const members = part.items.map((user) => userObject(user, world));
  return fine({ members, response_metadata: { next_cursor: part.next } });
}

function lookupByEmail(args: Args, world: World): Answer {
  const asked = args.text('email').toLowerCase();
  const found = world.workspace
    .users()
    .find((user) => user.email?.toLowerCase() === asked && ours(user, world) && !user.deleted);
  return found === undefined ? refuse('users_not_found') : fine({ user: userObject(found, world) });
}

function groups(args: Args, world: World): Answer {
  const listed = world.workspace.groups().filter((group) => !group.disabled || args.flag('include_disabled'));
  return fine({
    usergroups: listed.map(({ id, handle, name, users, disabled }) => ({
      id,
      team_id: world.workspace.team.id,
      is_usergroup: true,
      handle,
      name: name ?? handle,
      date_delete: disabled ? 1 : 0,
      user_count: users.length,
      ...(args.flag('include_users') ? { users } : {}),
    })),
  });
}

function groupUsers(args: Args, world: World): Answer {
  const group = world.workspace.groups().find(({ id }) => id === args.text('usergroup'));
  if (group === undefined) return refuse('no_such_subteam');
  return group.disabled && !args.flag('include_disabled') ? fine({ users: [] }) : fine({ users: group.users });
}

function botInfo(args: Args, { app, workspace }: World): Answer {
  if (args.text('bot') !== app.botId) return refuse('bot_not_found');
  const name = app.name ?? workspace.user(app.botUserId)?.name ?? 'app';
  return fine({ bot: { id: app.botId, deleted: false, name, app_id: app.id, user_id: app.botUserId, icons: {} } });
}

/** People, bots and user groups. */
export const peopleMethods: Methods = {
  'bots.info': { scope: 'users:read', run: botInfo },
  'users.info': { scope: 'users:read', run: info },
  'users.list': { scope: 'users:read', run: list },
  'users.lookupByEmail': { scope: 'users:read.email', run: lookupByEmail },
  'usergroups.list': { scope: 'usergroups:read', run: groups },
  'usergroups.users.list': { scope: 'usergroups:read', run: groupUsers },
};
