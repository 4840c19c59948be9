import type { Rule } from '../policy/policy.ts';
import { EVERYONE, EXAMPLE, say } from './answers.ts';
import { bold, type Card, type Part, type Text, text } from './card.ts';
import { describeRule } from './describe-rule.ts';

/** What somebody may do, for help. */
export interface Powers {
  /** The rules that are for them. */
  readonly rules: readonly Rule[];
  /** It is certain which associate they are: without that a rule for oneself lets them do nothing. */
  readonly isTied: boolean;
  readonly maxTargets: number;
  readonly mayPause?: boolean;
  readonly maySeeWho?: boolean;
  readonly mayLookBack?: boolean;
}

const NO_RULE = 'No rule lets you log anybody off. Ask your CRM administrator.';
const NOT_TIED =
  'The rules let you log yourself off, but I do not know for certain which SuperOffice user you are. Ask your CRM administrator to add you to `identities`.';

/** `/logoff help`: what this person may do, and nothing that they may not. */
export function helpCard({ isTied, ...powers }: Powers): Card {
  const { mayPause = false, mayLookBack = false } = powers;
  const rules = powers.rules.filter(({ targets }) => isTied || targets !== 'self');
  const none = powers.rules.length === 0 ? NO_RULE : NOT_TIED;
  if (rules.length === 0 && !mayPause && !mayLookBack) return say(text(none));
  const others = mayPause ? 'You may approve what others ask for.' : 'You may look at what others asked for.';
  const may = rules.length === 0 ? others : 'You may:';
  const intro: Text = [text(`I log people off the SuperOffice Windows client, after a crash for example. ${may}`)];
  const parts: Part[] = [
    { kind: 'paragraph', text: intro },
    ...(rules.length === 0
      ? []
      : [{ kind: 'list', items: rules.map((rule): Text => [text(describeRule(rule))]) } as const]),
    ...(rules.length < powers.rules.length ? [{ kind: 'note', text: [text(NOT_TIED)] } as const] : []),
    { kind: 'paragraph', text: [bold('Commands')] },
    { kind: 'list', items: commandsOf({ ...powers, rules }).map((line) => typed(line)) },
  ];
  return { summary: intro, parts };
}

function commandsOf({ rules, maxTargets, ...may }: Omit<Powers, 'isTied'>): readonly string[] {
  const most = mostAtOnce(rules, maxTargets);
  return [
    ...(most === 0
      ? []
      : [
          `${EXAMPLE}: asks to log these people off, at most ${most} in one request. They can read the reason, unless it starts with \`offboarding\`. A person is a login, a full name in quotes, an e-mail address, a mention, an associate id, or \`group:Name\` for everybody in a group`,
        ]),
    ...(rules.some(({ targets }) => targets === 'self') ? ['`/logoff me`: asks to log yourself off'] : []),
    ...(rules.length === 0 ? [] : ['`/logoff` alone: opens a window to choose in']),
    ...(may.maySeeWho === true && most > 0
      ? ['`/logoff who` or `/logoff who Sales`: shows who is logged on now, or who of one group']
      : []),
    ...(may.maySeeWho === true && rules.some(({ targets }) => targets === 'any')
      ? [`${EVERYONE}: announces it, reminds people, and logs off everyone who is logged on at that time`]
      : []),
    '`/logoff status` or `/logoff status 17`: shows open requests, or one',
    '`/logoff why` or `/logoff why 17`: why you were refused, or by which rule a request went',
    '`/logoff cancel 17`: takes your own request back, or stops an approved one, until SuperOffice is asked',
    ...(may.mayLookBack === true
      ? ['`/logoff history` or `/logoff history jane.doe`: past requests, about all or one person']
      : []),
    ...(may.mayPause === true
      ? ['`/logoff pause reason: …` and `/logoff resume`: pauses all log-offs, and ends the pause']
      : []),
  ];
}

/** How many people these rules let somebody log off in one request; none where they are about oneself. */
function mostAtOnce(rules: readonly Rule[], maxTargets: number): number {
  const limits = rules.map(({ targets }) => {
    if (targets === 'self') return 0;
    return targets === 'any' ? maxTargets : Math.min(maxTargets, targets.at_most ?? maxTargets);
  });
  return Math.max(0, ...limits);
}

/** What people type, set off in a list, whose items know no backticks. */
const typed = (line: string): Text =>
  line.split('`').map((piece, index) => (index % 2 === 1 ? bold(piece) : text(piece)));
