import type { Duration } from '../core/time.ts';
import type { Clock } from '../workflows/ports.ts';

/** Something took longer than it may. It goes on by itself; nobody waits for it any more. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** Waits for some work, but no longer than `limit`; throws TookTooLong then. */
export async function within<T>(limit: Duration, { after }: Pick<Clock, 'after'>, work: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const cancel = after(limit, () => late.reject(new TookTooLong(`no end within ${limit} ms`)));
  try {
    return await Promise.race([work(), late.promise]);
  } finally {
    cancel();
  }
}
