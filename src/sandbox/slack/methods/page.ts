import type { Args } from './method.ts';

/** One page of a list; the cursor is opaque to the caller. Undefined where the cursor is not ours. */
export function page<T>(
  all: readonly T[],
  args: Args,
): { readonly items: readonly T[]; readonly next: string } | undefined {
  const cursor = args.text('cursor');
  const start =
    cursor === ''
      ? 0
      : Number(
          Buffer.from(cursor, 'base64')
            .toString()
            .replace(/^from:/, ''),
        );
  if (!Number.isInteger(start) || start < 0) return undefined;
  const asked = Number(args.text('limit'));
  const limit = Number.isInteger(asked) && asked > 0 ? Math.min(asked, 1000) : 1000;
  const next = start + limit < all.length ? Buffer.from(`from:${start + limit}`).toString('base64') : '';
  return { items: all.slice(start, start + limit), next };
}
