import { EdgeError } from '../../core/errors.ts';
import type { World } from '../world.ts';

/** What keeps the bot from logging on to SuperOffice at this moment, as the code of the edge; nothing where it can. */
export async function logOnTrouble({ netserver }: Pick<World, 'netserver'>): Promise<string | undefined> {
  try {
    await netserver.self();
    return undefined;
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    return error.code;
  }
}
