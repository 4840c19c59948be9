import { StoreError } from './store-error.ts';

export type DatabaseAddress =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'sqlite'; readonly path: undefined }
  | { readonly engine: 'postgres'; readonly url: string };

/**
 * Takes `sqlite:<path>` (relative to the working directory), `sqlite::memory:` (`path` undefined) or a `postgres://` address.
 * Refuses everything else without repeating it: it may hold a password.
 */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  if (/^postgres(ql)?:\/\//.test(url)) {
    if (!URL.canParse(url)) throw new StoreError('bad_database_url');
    return { engine: 'postgres', url };
  }
  const path = /^sqlite:(?:\/\/(?=\/))?(?!\/\/)(.+)$/s.exec(url)?.[1];
  if (path === undefined || path.includes('\0')) throw new StoreError('bad_database_url');
  return { engine: 'sqlite', path: path === ':memory:' ? undefined : path };
}
