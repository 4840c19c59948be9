import type { Associate } from './people.ts';
import type { World } from './world.ts';

export type Order = { readonly column: string; readonly descending: boolean };

type Cell = (associate: Associate, world: World) => string;

const nameParts = (associate: Associate): readonly string[] => associate.fullName.split(' ');
const groupName = (id: number, world: World): string => world.group(id)?.name ?? '';
const number = (value: number): string => `[I:${value}]`;
// How the vendor writes truth values in this place could not be confirmed.
const truth = (value: boolean): string => `[B:${value ? 1 : 0}]`;

/** The columns of the provider that this server fills, each as the text that `DisplayValue` holds. */
export const columns: ReadonlyMap<string, Cell> = new Map<string, Cell>([
  ['associateDbId', ({ id }) => number(id)],
  ['assocName', ({ name }) => name],
  ['userName', ({ userName }) => userName],
  ['fullName', ({ fullName }) => fullName],
  ['firstName', (associate) => nameParts(associate).slice(0, -1).join(' ')],
  ['lastName', (associate) => nameParts(associate).at(-1) ?? ''],
  ['personEmail', ({ email }) => email],
  ['personId', ({ personId }) => number(personId)],
  ['usergroup', ({ groupId }, world) => groupName(groupId, world)],
  ['otherGroups', ({ otherGroupIds }, world) => otherGroupIds.map((id) => groupName(id, world)).join(', ')],
  ['role', ({ role }) => role],
  ['isActive', ({ deleted }) => truth(!deleted)],
  ['canLogin', ({ canLogin }) => truth(canLogin)],
]);

/** The entities: several are combined with OR. `all` is taken as everybody at work, without former employees. */
export const entities: ReadonlyMap<string, (associate: Associate, world: World) => boolean> = new Map([
  ['all', ({ deleted }: Associate) => !deleted],
  ['retired', ({ deleted }: Associate) => deleted],
  ['loggedOnWin', ({ id }: Associate, world: World) => world.isLoggedOn(id)],
]);

const alphabet = new Intl.Collator('en');

const kept = new WeakMap<World, { readonly revision: number; readonly results: Map<string, readonly Associate[]> }>();

/** The rows for some entities in some order; each result is kept until that world changes. */
export const rowsOf = (world: World, wanted: readonly string[], orders: readonly Order[]): readonly Associate[] => {
  const revision = world.revision();
  const earlier = kept.get(world);
  const current =
    earlier?.revision === revision ? earlier : { revision, results: new Map<string, readonly Associate[]>() };
  kept.set(world, current);
  const key = JSON.stringify([wanted, orders]);
  const rows = current.results.get(key) ?? select(world, wanted, orders);
  current.results.set(key, rows);
  return rows;
};

const select = (world: World, wanted: readonly string[], orders: readonly Order[]): readonly Associate[] => {
  const tests = wanted.map((name) => entities.get(name)).filter((test) => test !== undefined);
  const keys = orders.map(({ column }) => sortKey(column));
  return world
    .associates()
    .filter(({ userType }) => userType === 'InternalAssociate')
    .filter((associate) => tests.some((test) => test(associate, world)))
    .map((associate) => ({ associate, key: keys.map((key) => key(associate, world)) }))
    .sort((a, b) => {
      for (const [at, { descending }] of orders.entries()) {
        const difference = compare(a.key[at], b.key[at]);
        if (difference !== 0) return descending ? -difference : difference;
      }
      return a.associate.id - b.associate.id;
    })
    .map(({ associate }) => associate);
};

const sortKey = (column: string): ((associate: Associate, world: World) => string | number) => {
  if (column === 'associateDbId') return ({ id }) => id;
  return columns.get(column) ?? (() => '');
};

const compare = (a: string | number | undefined, b: string | number | undefined): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : alphabet.compare(String(a), String(b));
