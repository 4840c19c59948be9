import type { DirectoryPerson } from './directory.ts';
import { sameName } from './names.ts';

/** Somebody in Slack who could be tied to an associate. `email` only where Slack says that it is confirmed. */
export interface SlackMember {
  readonly slack: string;
  readonly name: string;
  readonly email?: string;
}

export interface Proposal {
  readonly slack: string;
  readonly slackName: string;
  readonly associate: DirectoryPerson;
  /** A name alone proves little: look twice. */
  readonly by: 'email' | 'name';
}

/** An entry of the settings as it stands. Either side may be gone, or may not be seen by the bot. */
export interface Settled {
  readonly slack: string;
  readonly id: number;
  readonly member?: SlackMember;
  readonly associate?: DirectoryPerson;
  /** What would be proposed for this Slack person if the settings said nothing, where that is somebody else. */
  readonly otherwise?: Proposal;
}

export interface ProposedIdentities {
  /** What the settings say already, in their order. None of these people is proposed for anybody else. */
  readonly settled: readonly Settled[];
  readonly proposals: readonly Proposal[];
  /** Several on one side for one on the other: somebody must choose. */
  readonly doubles: readonly {
    readonly what: string;
    readonly slack: readonly string[];
    readonly associates: readonly number[];
  }[];
  /** Associates of whom nobody in Slack could be found, and the other way round. */
  readonly missingInSlack: readonly DirectoryPerson[];
  readonly missingInSuperOffice: readonly SlackMember[];
}

/**
 * Proposes which Slack person is which associate, for a person to review: those of the `present` map stay as they are; of the
 * others, by an e-mail address that only one on each side has, else by a full name that only one on each side has. Retired
 * users are left out. Nothing is taken over by itself.
 */
export function proposeIdentities(
  members: readonly SlackMember[],
  people: readonly DirectoryPerson[],
  present: Readonly<Record<string, number>> = {},
): ProposedIdentities {
  const entries = Object.entries(present);
  const ids = new Set(entries.map(([, id]) => id));
  const active = people.filter(({ retired }) => !retired);
  const otherwise = entries.length === 0 ? [] : pairUp(members, active).proposals;
  const settled = entries.map(([slack, id]): Settled => {
    const member = members.find((each) => each.slack === slack);
    const associate = people.find((each) => each.id === id);
    const other = otherwise.find((each) => each.slack === slack && each.associate.id !== id);
    return {
      slack,
      id,
      ...(member === undefined ? {} : { member }),
      ...(associate === undefined ? {} : { associate }),
      ...(other === undefined ? {} : { otherwise: other }),
    };
  });
  const open = members.filter(({ slack }) => !Object.hasOwn(present, slack));
  const rest = active.filter(({ id }) => !ids.has(id));
  return { settled, ...pairUp(open, rest) };
}

/** Pairs by address, then by name, among these people alone. */
function pairUp(
  members: readonly SlackMember[],
  active: readonly DirectoryPerson[],
): Omit<ProposedIdentities, 'settled'> {
  const proposals: Proposal[] = [];
  const doubles: ProposedIdentities['doubles'][number][] = [];
  const taken = new Set<string | number>();
  const pair = (by: Proposal['by'], slackKey: (who: SlackMember) => string, key: (who: DirectoryPerson) => string) => {
    const left = Map.groupBy(
      members.filter(({ slack }) => !taken.has(slack)),
      slackKey,
    );
    const right = Map.groupBy(
      active.filter(({ id }) => !taken.has(id)),
      key,
    );
    for (const [what, slackPeople] of left) {
      const associates = right.get(what) ?? [];
      const [member] = slackPeople;
      const [associate] = associates;
      if (what === '' || member === undefined || associate === undefined) continue;
      if (slackPeople.length === 1 && associates.length === 1) {
        proposals.push({ slack: member.slack, slackName: member.name, associate, by });
      } else {
        doubles.push({
          what,
          slack: slackPeople.map(({ slack }) => slack),
          associates: associates.map(({ id }) => id),
        });
      }
      for (const { slack } of slackPeople) taken.add(slack);
      for (const { id } of associates) taken.add(id);
    }
  };
  pair(
    'email',
    ({ email }) => sameName(email ?? ''),
    ({ email }) => sameName(email),
  );
  pair(
    'name',
    ({ name }) => sameName(name),
    ({ fullName }) => sameName(fullName),
  );
  return {
    proposals,
    doubles,
    missingInSlack: active.filter(({ id }) => !taken.has(id)),
    missingInSuperOffice: members.filter(({ slack }) => !taken.has(slack)),
  };
}
