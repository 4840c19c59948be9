import { EdgeError } from '../../core/errors.ts';
import { matchOf, slackOf } from '../../core/identity.ts';
import type { AssociateId } from '../../core/ids.ts';
import { sameName } from '../../core/names.ts';
import type { Target } from '../../core/people.ts';
import type { SlackPerson } from '../ports.ts';
import type { World } from '../world.ts';
import { peopleOrNothing } from './standpoint.ts';

/** Up to this many people Slack is asked one by one: the method allows some 50 calls a minute. For more, all members are read. */
const ASKED_BY_EMAIL = 20;

type Known = ReadonlyMap<AssociateId, NonNullable<Target['slack']>>;

/** Who these people are in Slack by the settings alone, which asks nobody. */
export const namedInSettings = (targets: readonly Pick<Target, 'id'>[], { policy }: Pick<World, 'policy'>): Known =>
  new Map(
    targets.flatMap(({ id }) => {
      const user = slackOf(id, policy);
      return user === undefined ? [] : [[id, { user, how: 'map' }] as const];
    }),
  );

/** Who these people are in Slack, to mention and to warn them: by the settings, or by an address that only they have. */
export async function slackPeopleOf(
  targets: readonly Pick<Target, 'id'>[],
  world: Pick<World, 'policy' | 'people' | 'directory' | 'log'>,
): Promise<Known> {
  const known = new Map(namedInSettings(targets, world));
  const people = await peopleOrNothing(world);
  if (people === undefined) return known;
  const emails = new Map(people.index.all.map(({ id, email }) => [id, sameName(email)]));
  const asked = targets.flatMap(({ id }) => {
    const email = emails.get(id) ?? '';
    const isTheirs = !known.has(id) && email !== '' && people.index.byEmail.get(email)?.length === 1;
    return isTheirs ? [{ id, email }] : [];
  });
  const members = asked.length > ASKED_BY_EMAIL ? await allMembers(world) : undefined;
  await Promise.all(
    asked.map(async ({ id, email }) => {
      const found = members === undefined ? await byEmail(email, world) : ofAddress(members.get(email), email);
      // Somebody whom the settings tie to another associate is not this one.
      if (found === undefined || world.policy.identities[found.slack] !== undefined) return;
      const match = matchOf(found, world.policy, people.index);
      const trusted = match?.permits === true && match.associate === id ? ({ trusted: true } as const) : {};
      known.set(id, { user: found.slack, how: 'email', ...trusted });
    }),
  );
  return known;
}

const ofAddress = (found: SlackPerson | undefined, email: string): SlackPerson | undefined =>
  found?.standing === 'member' && sameName(found.email ?? '') === email ? found : undefined;

/** Nobody where Slack does not tell: those people are then named as not warned. */
async function allMembers({ directory, log }: Pick<World, 'directory' | 'log'>) {
  try {
    const members = [...(await directory.membersByEmail()).values()];
    return new Map(members.map((member) => [sameName(member.email ?? ''), member]));
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'slack_members_unread', { code: error.code });
    return new Map<string, SlackPerson>();
  }
}

async function byEmail(email: string, { directory, log }: Pick<World, 'directory' | 'log'>) {
  try {
    return ofAddress(await directory.personByEmail(email), email);
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'slack_person_unread', { code: error.code });
    return undefined;
  }
}
