import type { SourceFile } from './source-files.ts';

/** What Slack asks for a call of each Web API method that the bot uses (bot token). */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'apps.connections.open': [],
  'bots.info': ['users:read'],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
};

const FAMILIES =
  'admin|api|apps|assistant|auth|bookmarks|bots|calls|canvases|chat|conversations|dialog|dnd|emoji|files|functions|' +
  'migration|oauth|openid|pins|reactions|reminders|rtm|search|stars|team|tooling|usergroups|users|views|workflows';
/** `client.chat.update(` in code, and the name as a text, as `apiCall` takes it. */
const CALLS = new RegExp(
  `(?<![\\w$])((?:${FAMILIES})(?:\\.[a-zA-Z]+)+)(?=\\()|['"\`]((?:${FAMILIES})(?:\\.[a-zA-Z]+)+)['"\`]`,
  'g',
);
/** `users.some(` is a list of ours, not a method of Slack's. */
const OF_LISTS = new Set(
  [Array, Map, Set, String, Object].flatMap((type) => Object.getOwnPropertyNames(type.prototype)),
);

/** The Web API methods that these files call. */
export function slackMethods(files: readonly SourceFile[]): ReadonlySet<string> {
  const found = files.flatMap(({ text }) =>
    Array.from(text.matchAll(CALLS), ([, called, named]) => ({ called, named })),
  );
  const names = found.flatMap(({ called, named }) => {
    if (called === undefined) return named ?? [];
    return called in SCOPES || !OF_LISTS.has(called.slice(called.lastIndexOf('.') + 1)) ? called : [];
  });
  return new Set(names);
}

/** The scopes that these methods need. Throws for a method that the table does not know: look it up and add it. */
export function scopesOf(methods: Iterable<string>): ReadonlySet<string> {
  return new Set(
    Array.from(methods).flatMap((method) => {
      const scopes = SCOPES[method];
      if (scopes === undefined) throw new Error(`${method} is not in the table of methods and scopes`);
      return scopes;
    }),
  );
}
