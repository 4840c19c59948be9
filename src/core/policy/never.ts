import type { Policy } from './policy.ts';

/** Whether an associate is on the `never` list, by id, by login or by what they log on with (neither letter case nor spelling in Unicode matters). */
export function isNever(
  policy: Pick<Policy, 'never'>,
  { id, login, userName = '' }: { readonly id: number; readonly login: string; readonly userName?: string | undefined },
): boolean {
  const { ids, names } = listed(policy.never);
  if (ids.has(id)) return true;
  if (names.size === 0) return false;
  return names.has(plainLogin(login)) || (userName !== '' && userName !== login && names.has(plainLogin(userName)));
}

interface Listed {
  readonly ids: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
}

/** The list as it is asked, once for each: while somebody types, everybody in SuperOffice is compared with it at each letter. */
const lists = new WeakMap<Policy['never'], Listed>();

function listed(never: Policy['never']): Listed {
  const before = lists.get(never);
  if (before !== undefined) return before;
  const ids = new Set<number>(never.filter((entry) => typeof entry === 'number'));
  const names = new Set(never.filter((entry) => typeof entry === 'string').map(plainLogin));
  const made = { ids, names };
  lists.set(never, made);
  return made;
}

/** "åse" typed with one first character or with two must protect the same person. */
const plainLogin = (login: string): string => login.trim().normalize('NFKC').toLowerCase();
