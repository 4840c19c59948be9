import { expect, onTestFinished } from 'vitest';
import { type Mode, raiseTown, type Town, type TownOptions } from './raise-town.ts';

export { MODES, type Mode, type Town, type TownOptions } from './raise-town.ts';

/** Builds it all up, and tears it down when the test ends; then nobody may have had anything to complain about. */
export async function openTown(mode: Mode, options: TownOptions = {}): Promise<Town> {
  const town = await raiseTown(mode, options);
  onTestFinished(async () => {
    const { complaints, expected } = await town.close();
    expect(complaints).toEqual(expected);
  });
  return town;
}
