import { EdgeError } from '../../core/errors.ts';
import type { AssociateId } from '../../core/ids.ts';
import type { World } from '../world.ts';

/** Who is on now; `refused` where NetServer does not tell this account, `unread` where it did not answer. */
export async function readWhoIsOn({
  netserver,
  log,
}: Pick<World, 'netserver' | 'log'>): Promise<ReadonlySet<AssociateId> | 'refused' | 'unread'> {
  try {
    return await netserver.whoIsOn();
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'who_is_on_unread', { code: error.code });
    return error.code === 'not_allowed' ? 'refused' : 'unread';
  }
}
