import type { Configuration } from '../app.ts';
import { systemClock } from '../clock.ts';
import { type AssociateId, channelId, slackUserId } from '../core/ids.ts';
import { sameName } from '../core/names.ts';
import type { Facts } from '../core/policy/decide.ts';
import type { Known } from '../core/policy/finding.ts';
import { ANY_CHANNEL, type Question } from '../core/policy/plain-facts.ts';
import { createLog } from '../log.ts';
import { connectNetServer, type NetServer } from '../netserver/netserver.ts';
import { peopleDirectory } from '../netserver/people-directory.ts';
import { netServerOptions } from '../runtime/netserver-options.ts';
import { slackCaller } from '../slack/client.ts';
import { slackDirectory } from '../slack/directory.ts';
import { slackIdentity } from '../slack/identity.ts';
import { standpointOf } from '../workflows/people/standpoint.ts';
import { withGroups } from '../workflows/people/with-groups.ts';
import type { PeopleDirectory, SlackDirectory } from '../workflows/ports.ts';
import { inBatches } from './in-batches.ts';

interface Outside {
  readonly netserver: NetServer;
  readonly people: PeopleDirectory;
  readonly directory: SlackDirectory;
  readonly log: ReturnType<typeof createLog>;
}

/** Connects to Slack and SuperOffice for as long as `ask` takes; the log goes to standard error. Throws EdgeErrors. */
async function withOutside<T>(configuration: Configuration, ask: (outside: Outside) => Promise<T>): Promise<T> {
  const { environment, secrets } = configuration;
  const clock = systemClock();
  const log = createLog({ level: environment.logLevel, secrets, write: (line) => process.stderr.write(line) });
  const netserver = connectNetServer(netServerOptions(configuration, clock, log));
  const { slackApiUrl: apiUrl } = environment;
  const slack = slackCaller(environment.slackBotToken.reveal(), { log, ...(apiUrl === undefined ? {} : { apiUrl }) });
  try {
    const people = peopleDirectory(netserver, { now: clock.now, after: clock.after, log });
    return await ask({ netserver, people, log, directory: slackDirectory(slack, slackIdentity(slack), log) });
  } finally {
    await netserver.close();
  }
}

/** What Slack and SuperOffice say of everybody and everything that the rules name. */
export function knownNow(configuration: Configuration): Promise<Known> {
  const sets = Object.values(configuration.policy.people);
  return withOutside(configuration, async ({ people, directory }) => {
    const [{ index, groups }, userGroups] = await Promise.all([
      people.read(),
      directory.userGroupMembers([...new Set(sets.flatMap(({ usergroups }) => usergroups))]),
    ]);
    const users = new Set([
      ...sets.flatMap((set): readonly string[] => set.users),
      ...[...userGroups.values()].flatMap((members) => [...members]),
    ]);
    const found = await inBatches([...users], (user) => directory.person(slackUserId(user)));
    const slackPeople = new Map(found.map((person) => [String(person.slack), person]));
    return { slackPeople, userGroups, directory: { people: index.all, groups } };
  });
}

/** The facts of a question as Slack and SuperOffice tell them now; `notes` says who could not be found. */
export function factsNow(
  { user, channel, targets, everyone }: Question,
  configuration: Configuration,
): Promise<{ readonly facts: Facts; readonly notes: readonly string[] }> {
  const { policy } = configuration;
  return withOutside(configuration, async ({ netserver, people, directory, log }) => {
    const world = { policy, people, directory, log };
    const { index } = await people.read();
    const found = targets.map((who): readonly AssociateId[] =>
      typeof who === 'string'
        ? (index.byLogin.get(sameName(who)) ?? []).map(({ id }) => id)
        : index.all.filter(({ id }) => id === who).map(({ id }) => id),
    );
    const place = channel === undefined ? undefined : await directory.channelPlace(channelId(channel));
    const facts: Facts = {
      requester: await standpointOf(slackUserId(user), world),
      channel: channel === undefined ? ANY_CHANNEL : channelId(channel),
      ...(place === undefined ? {} : { place }),
      targets: await withGroups(await netserver.findAssociates([...new Set(found.flat())]), world),
      ...(everyone === undefined ? {} : { everyone }),
    };
    const lost = targets.filter((_, index_) => found[index_]?.length === 0);
    const { requester } = facts;
    const notes = [
      '',
      `(${requester.person.name}: ${requester.standing}, in ${requester.groups.join(', ') || 'no set of people'}.)`,
      ...(lost.length === 0 ? [] : [`(Not in SuperOffice, so left out: ${lost.join(', ')}.)`]),
    ];
    return { facts, notes };
  });
}
