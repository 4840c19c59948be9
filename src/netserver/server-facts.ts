import { NetServerError } from './errors.ts';
import type { Self } from './log-on.ts';
import type { SystemInfo } from './system-info.ts';

/** What the bot has to know of a server before it may say that nobody is on its Windows client. */
export interface ServerFacts {
  /** As the server writes it. */
  readonly version?: string;
  readonly major?: number;
  /** Whether this SuperOffice has a Windows client to log off from; `unknown` where its version could not be read. */
  readonly windowsClient: 'yes' | 'no' | 'unknown';
  readonly online: boolean;
  /** Function rights that the user of the bot should have and has not. */
  readonly missingRights: readonly string[];
}

/** 8.5 was the last one with a Windows client. */
const LAST_WITH_WINDOWS_CLIENT = 8;
/** The services that the bot speaks came with 8; a lower number is that of something else. */
const FIRST = 8;
const LAST_PLAUSIBLE = 99;

/**
 * Puts together what the server tells everybody and what the logon told. Throws where the server could not be asked.
 */
export async function serverFacts(
  url: string,
  askSystem: () => Promise<SystemInfo>,
  askSelf: () => Promise<Self>,
): Promise<ServerFacts> {
  const self = await askSelf();
  const info = await askSystem().catch((error: unknown) => {
    if (!(error instanceof NetServerError) || error.retryable) throw error;
    // It answers and does not tell its version: that is unknown then, and no reason to know nothing at all.
    return undefined;
  });
  return { ...productOf(url, info, self.databaseContext), missingRights: missingRights(self) };
}

/** Which SuperOffice this is, as far as the server says. `databaseContext` comes with the logon. */
export function productOf(
  url: string,
  info: SystemInfo | undefined,
  databaseContext = '',
): Omit<ServerFacts, 'missingRights'> {
  const online = isOnline(url, databaseContext);
  const version = info?.fileVersion.trim();
  const major = info === undefined ? undefined : (majorOf(info.fileVersion) ?? namedMajor(info.description));
  return {
    ...(version ? { version } : {}),
    ...(major === undefined ? {} : { major }),
    windowsClient: online ? 'no' : hasWindowsClient(major),
    online,
  };
}

function hasWindowsClient(major: number | undefined): ServerFacts['windowsClient'] {
  if (major === undefined) return 'unknown';
  return major <= LAST_WITH_WINDOWS_CLIENT ? 'yes' : 'no';
}

/** `8.5.7346.1605` is how the vendor numbers its builds; that the server writes just this here is not documented. */
function majorOf(fileVersion: string): number | undefined {
  return plausible(/^\s*v?(\d{1,3})[.,]\s?\d/i.exec(fileVersion)?.[1]);
}

/** Only a number right after the product's name: a description may well name other products and their versions. */
function namedMajor(description: string): number | undefined {
  return plausible(
    /\bSuperOffice(?: CRM| NetServer| Server)*(?: version)? v?(\d{1,3})(?:\.\d|\b)/i.exec(description)?.[1],
  );
}

function plausible(digits: string | undefined): number | undefined {
  const major = Number(digits);
  return major >= FIRST && major <= LAST_PLAUSIBLE ? major : undefined;
}

/** The vendor's own hosts, or a database that is named like a tenant. */
function isOnline(url: string, databaseContext: string): boolean {
  return /(?:^|\.)superoffice\.com$/i.test(new URL(url).hostname) || /^Cust\d+$/i.test(databaseContext);
}

/** Function rights that the user of the bot should have and has not. */
export function missingRights({ userType, functionRights }: Self): readonly string[] {
  // A system user bypasses all rights.
  if (userType === 'SystemAssociate') return [];
  const has = (right: string) => functionRights.includes(right);
  return [
    ...(has('admin-users') || has('admin-all') ? [] : ['admin-users']),
    // Not known whether a general administrator sees the users of other companies without it.
    ...(has('see-other-companies-associates') ? [] : ['see-other-companies-associates']),
  ];
}
