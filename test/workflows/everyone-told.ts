import { expect } from 'vitest';
import { associateId } from '../../src/core/ids.ts';
import { makeSurroundings, policyOf, type Surroundings } from './made-up-world.ts';

export const MINUTE = 60_000;
export const rule = { name: 'leads', who: 'leads', targets: 'any', approvals: 1, approvers: 'leads', warn: '2m' };
export const SETTINGS = { identities: { U0ANNA: 101, U0BO: 102 }, may_see: { who: ['leads', 'helpdesk'] } };
/** Rules of one rule about anybody, for the leads. */
export const rules = (more: Readonly<Record<string, unknown>> = {}, settings: Readonly<Record<string, unknown>> = {}) =>
  policyOf({ ...SETTINGS, ...settings, rules: [{ ...rule, ...more }] });

/** 101 and 102 are on, and known in Slack. */
export async function quiet(more: Readonly<Record<string, unknown>> = {}) {
  const surroundings = await makeSurroundings();
  surroundings.netserver.on.clear();
  come(surroundings, 101, 102);
  return { ...surroundings, ...(await surroundings.start({ policy: rules(more) })) };
}
export type World = Awaited<ReturnType<typeof quiet>>;

export const come = ({ netserver }: Pick<Surroundings, 'netserver'>, ...ids: readonly number[]) => {
  for (const id of ids) netserver.on.add(associateId(id));
};
export const go = ({ netserver }: Pick<Surroundings, 'netserver'>, ...ids: readonly number[]) => {
  for (const id of ids) netserver.on.delete(associateId(id));
};

/** Alice asks, Ola approves, and it is announced. */
export async function announced(time = 'in 15m', more: Readonly<Record<string, unknown>> = {}): Promise<World> {
  const world = await quiet(more);
  expect(await world.say('U0ALICE', `/logoff everyone ${time} reason: upgrade`)).toEqual([]);
  await world.submit('U0OLA', 'approve');
  expect((await world.request()).status).toBe('warning');
  return world;
}

/** What somebody was told so far, the first line of each message. */
export const told = async (world: Surroundings, id: number): Promise<readonly string[]> =>
  (await Promise.all((['warn', 'before10', 'before2', 'told'] as const).map((place) => world.shown(`${place}:${id}`))))
    .filter((text) => text !== '(nothing)')
    .map((text) => text.split('\n')[0] ?? '');
