import { say } from '../../core/cards/answers.ts';
import { text } from '../../core/cards/card.ts';
import { noSuchGroupCard } from '../../core/cards/chooser.ts';
import { type LoggedOn, pagesOf, WHO_ON_PAGE, whoForm } from '../../core/cards/who.ts';
import type { DirectoryGroup, DirectoryPerson } from '../../core/directory.ts';
import type { PeopleAtHand } from '../../core/find-people.ts';
import type { AssociateId, ChannelId } from '../../core/ids.ts';
import type { Actor } from '../../core/inputs.ts';
import { sameName } from '../../core/names.ts';
import { isNever } from '../../core/policy/never.ts';
import { isUnread, maySeeWho } from '../../core/policy/powers.ts';
import { logOnTrouble } from '../people/log-on-trouble.ts';
import { admit, mayLearnOf, ownAssociate, reachableGroups } from '../people/reach.ts';
import { readWhoIsOn } from '../people/read-who-is-on.ts';
import { slackPeopleOf } from '../people/slack-people.ts';
import { whyIdle } from '../records.ts';
import type { Shown } from '../window/fill-window.ts';
import type { World } from '../world.ts';
import { refusalWords, refuse, unlessSilent } from './refuse.ts';

/** What somebody wants to see: a page, and only one group by the name typed or by the id that the window keeps. */
export interface WhoAsk {
  readonly who: Actor;
  readonly channel: ChannelId;
  readonly page: number;
  readonly group?: string | number;
}

const UNREADABLE = {
  refused: 'SuperOffice does not tell the bot who is logged on. Tell your CRM administrator.',
  unread: 'SuperOffice did not say who is logged on. Try again in a minute.',
} as const;

/**
 * Who is logged on to the Windows client now, for those in `may_see.who`: only people whom some rule lets them reach, a
 * page at a time. For everybody else there is nothing to see.
 */
export async function whoPage({ who, channel, page, group }: WhoAsk, world: World): Promise<Shown> {
  const { policy, clock, netserver } = world;
  const typed = group === undefined ? 'who' : `who ${group}`;
  const asked = { via: 'command', who, channel, text: typed } as const;
  const no = async (code: string) => ({ card: await refuse(asked, code, [], world) });
  const viewer = await admit(who, world);
  if (typeof viewer === 'string') return await no(viewer === 'no_rule_for_person' ? 'nothing_to_see' : viewer);
  if (!maySeeWho(policy, viewer)) {
    return await no(isUnread(viewer, policy.may_see.who) ? 'groups_unread' : 'nothing_to_see');
  }
  const idle = await whyIdle(world);
  if (idle !== undefined) return await no(idle);
  const readAt = clock.now();
  const looked = await unlessSilent(
    'netserver',
    () => Promise.all([world.people.read(), readWhoIsOn(world), netserver.serverFacts()]),
    world,
  );
  if (typeof looked === 'string') return { card: say(text(refusalWords(looked, world))) };
  const [people, on, { windowsClient }] = looked;
  if (windowsClient === 'no') return { card: say(text(refusalWords('no_windows_client', world))) };
  if (typeof on === 'string') {
    const trouble = on === 'unread' ? await logOnTrouble(world) : undefined;
    return { card: say(text(trouble === undefined ? UNREADABLE[on] : refusalWords(trouble, world))) };
  }
  const may = mayLearnOf(viewer, world);
  const only = group === undefined ? undefined : reachableGroups(people, may).find((each) => isMeant(each, group));
  if (group !== undefined && only === undefined) return { card: noSuchGroupCard(`${group}`) };
  const all = byId(people, on).filter(
    (person) => may(person) && (only === undefined || sameName(person.group) === sameName(only.name)),
  );
  const sorted = all.toSorted((a, b) => a.fullName.localeCompare(b.fullName) || a.id - b.id);
  const shownPage = Math.min(Math.max(0, page), pagesOf(sorted.length) - 1);
  const listed = sorted.slice(shownPage * WHO_ON_PAGE, (shownPage + 1) * WHO_ON_PAGE);
  const [slack, self] = await Promise.all([slackPeopleOf(listed, world), ownAssociate(world)]);
  const logged = listed.map((person): LoggedOn => {
    const known = slack.get(person.id);
    const isBot = person.id === self;
    return {
      who: person,
      isProtected: isNever(policy, person),
      isBot,
      ...(known === undefined ? {} : { slack: known }),
    };
  });
  return {
    form: whoForm({
      channel,
      people: logged,
      total: sorted.length,
      page: shownPage,
      readAt,
      ...(only === undefined ? {} : { group: only }),
      ...(people.stale ? { namesAsOf: people.readAt } : {}),
    }),
  };
}

const isMeant = ({ id, name }: DirectoryGroup, group: string | number): boolean =>
  typeof group === 'number' ? id === group : sameName(name) === sameName(group);

/** Those who are on as people with names; who was not among the people read, a newcomer say, has only an id. */
function byId({ index }: PeopleAtHand, on: ReadonlySet<AssociateId>): readonly DirectoryPerson[] {
  const known = new Map(index.all.map((person) => [person.id, person]));
  return [...on].map(
    (id) => known.get(id) ?? { id, login: '', userName: '', fullName: '', email: '', group: '', retired: false },
  );
}
