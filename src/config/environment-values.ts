import { isPlainHttp, webAddress } from './web-address.ts';

/** Gives what is wrong with a value, in words that never repeat it; nothing where it is fine. */
export type Check = (value: string) => string | undefined;

/** A Slack secret that is plainly another one: the three are easily mixed up. */
const slackSecret =
  (wrong: RegExp, wanted: string): Check =>
  (value) => {
    if (/\s/.test(value)) return 'holds a space or a line break: copy it again';
    return wrong.test(value) ? `is another kind of token: it must be ${wanted}` : undefined;
  };

export const botToken = slackSecret(/^(xapp|xoxp)-/, 'the bot token, which starts with xoxb-');
export const appToken = slackSecret(/^xox/, 'the app-level token, which starts with xapp-');
export const signingSecret = slackSecret(/^(xapp|xox.)-/, 'the signing secret of the app’s basic information page');

export const slackApiUrl: Check = (value) => {
  const url = webAddress(value);
  if (url === undefined) return 'must be an address such as https://slack.com/api/';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (!value.endsWith('/api/')) return 'must end in /api/';
  return isPlainHttp(url) ? 'sends the tokens readable over the network: use https://' : undefined;
};

export const databaseUrl: Check = (value) => {
  if (/^sqlite:.+/.test(value)) return undefined;
  if (!/^postgres(ql)?:\/\//.test(value))
    return 'must start with sqlite: (such as sqlite:data/logoff.db) or postgres://';
  return URL.canParse(value)
    ? undefined
    : 'is no valid address: write signs such as # / @ in its password as %23 %2F %40';
};

export const host: Check = (value) =>
  /^[\w.:-]+$/.test(value)
    ? undefined
    : 'must be an address of this machine to listen on, such as 127.0.0.1 or 0.0.0.0';

export const port: Check = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? undefined : 'must be a whole number from 0 to 65535';

export const noLineBreak: Check = (value) => (/[\r\n]/.test(value) ? 'holds a line break: copy it again' : undefined);

/** The passwords inside a database address, as written and as sent; the whole address too where it holds one. */
export function databaseSecrets(address: string): readonly string[] {
  const url = URL.parse(address);
  if (url === null || !address.startsWith('postgres')) return address.startsWith('sqlite:') ? [] : [address];
  const passwords = [url.password, url.searchParams.get('password') ?? ''].filter((password) => password !== '');
  if (passwords.length === 0) return [];
  return [address, ...passwords, ...passwords.map(decoded)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
