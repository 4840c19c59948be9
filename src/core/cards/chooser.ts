import { type LogoffCommand, type Reference, writeCommand } from '../command.ts';
import type { DirectoryPerson } from '../directory.ts';
import { never } from '../errors.ts';
import type { SlackUserId } from '../ids.ts';
import { say } from './answers.ts';
import { bold, type Card, type CommandButton, type Part, person, type Span, type Text, text } from './card.ts';
import { nameOf } from './people.ts';

/** A card offers at most this many people; whoever is not among them is named more exactly. */
export const CHOICES = 10;
/** What Slack lets a button carry, what all buttons of one message may carry, and how long a label may be. */
const COMMAND = 2_000;
const ALL_COMMANDS = 6_000;
const LABEL = 75;

const questions = {
  quoted: (typed: string) => `"${typed}" is somebody's name. Do you mean this person too, or is it the reason?`,
  quoted_several: (typed: string) =>
    `Several people are called "${typed}". Do you mean one of them too, or is it the reason?`,
  several: (typed: string) => `Several people are called "${typed}". Whom do you mean?`,
  near: (typed: string) => `Nobody is called exactly "${typed}". Do you mean one of these?`,
  email: (typed: string) => `${typed} was only found by e-mail address, which others can edit. Is it this person?`,
} as const;

/** Somebody who is offered, with who they are in Slack where the settings say so. */
export type Offered = DirectoryPerson & { readonly slack?: SlackUserId };

/**
 * Offers people where it is not certain who is meant. A button carries the whole command with that person's id; a command
 * that is too long for a button has none, and the list says which id to type.
 */
export function chooserCard(
  command: Omit<LogoffCommand, 'kind'>,
  asked: Reference,
  typed: string,
  why: keyof typeof questions,
  people: readonly Offered[],
): Card {
  return offer(command, asked, typed, why, people, []);
}

/**
 * A quoted text behind people who are named that is somebody's name as well: people can be called anything, a reason too,
 * so it is asked which it is.
 */
export function nameOrReasonCard({ who }: LogoffCommand, quoted: string, people: readonly Offered[]): Card {
  const asked: Reference = { kind: 'name', name: quoted };
  const command = writeCommand({ who, reason: quoted });
  const why = people.length > 1 ? 'quoted_several' : 'quoted';
  return offer({ who: [...who, asked] }, asked, quoted, why, people, [
    { action: 'run', label: 'It is the reason', command },
  ]);
}

function offer(
  command: Omit<LogoffCommand, 'kind'>,
  asked: Reference,
  typed: string,
  why: keyof typeof questions,
  people: readonly Offered[],
  besides: readonly CommandButton[],
): Card {
  const all = people.map((choice): CommandButton => {
    const id: Reference = { kind: 'id', id: choice.id };
    const [first, ...more] = command.who;
    const chosen = (reference: Reference): Reference => (reference === asked ? id : reference);
    const who = [chosen(first), ...more.map(chosen)] as const;
    return { action: 'run', label: labelOf(choice), command: writeCommand({ ...command, who }) };
  });
  const longest = Math.max(1, ...[...all, ...besides].map(({ command: written }) => JSON.stringify(written).length));
  const pressable = longest <= COMMAND;
  const room = Math.floor(ALL_COMMANDS / longest) - besides.length;
  const shown = people.slice(0, pressable ? Math.min(CHOICES, room) : CHOICES);
  const more = people.length > shown.length ? ' There are more; type more of the name, or the id.' : '';
  const how = pressable
    ? ''
    : ` Type the command again with the id${besides.length > 0 ? ', or with reason: in front' : ''}.`;
  const summary: Text = [text(`${questions[why](shorten(typed))}${more}${how} Nothing was done yet.`)];
  const list: readonly Part[] = [
    { kind: 'paragraph', text: summary },
    { kind: 'list', items: shown.map(describePerson) },
  ];
  const buttons = [...all.slice(0, shown.length), ...besides];
  return { summary, parts: pressable ? [...list, { kind: 'buttons', buttons }] : list };
}

/** The id stands last and is never cut off: two people of one name must be told apart. */
function labelOf(who: DirectoryPerson): string {
  const id = ` (${who.id})`;
  const name = nameOf(who).replace(/\s+/gu, ' ');
  const room = LABEL - id.length;
  return `${name.length <= room ? name : `${name.slice(0, room - 1).replace(/\p{Cs}$/u, '')}…`}${id}`;
}

/** Of a name that was typed, as much as an answer repeats. */
const shorten = (typed: string): string =>
  typed.length <= 100 ? typed : `${typed.slice(0, 99).replace(/\p{Cs}$/u, '')}…`;

/** "Jane Doe (jane.doe, id 102, Sales), @jane". */
export const describePerson = (who: Offered): Text => {
  const facts = [who.login, `id ${who.id}`, who.group].filter((fact) => fact !== '').join(', ');
  const mention = who.slack === undefined ? [] : [text(', '), person({ slack: who.slack, name: nameOf(who) })];
  return [bold(nameOf(who)), text(` (${facts})${who.retired ? ' (retired user)' : ''}`), ...mention];
};

/** A word that is nobody's name. `before` stood in front of it; where no reason was given, it may well be one. */
export function nobodyCalledCard(typed: string, before: readonly Reference[], hasReason: boolean): Card {
  const words = before.slice(0, ECHOED).map(inWords);
  const more = before.length > ECHOED ? ` and ${before.length - ECHOED} more` : '';
  const soFar = before.length === 0 ? '' : ` Understood so far: ${words.join(', ')}${more}.`;
  const reason = before.length === 0 || hasReason ? '' : ' If it is the reason, type `reason:` in front of it.';
  return say(
    text(`Nobody you may log off is called "${typed}".${soFar}${reason} `),
    text('Type a login, a full name in quotes, an e-mail address, `group:Name` or an associate id. Nothing was done.'),
  );
}

/** How many of the people who were understood an answer repeats. */
const ECHOED = 20;

function inWords(reference: Reference): string {
  switch (reference.kind) {
    case 'id':
      return `${reference.id}`;
    case 'name':
      return reference.name;
    case 'group':
      return `group:${reference.name}`;
    case 'mention':
      return 'a mention';
    case 'me':
      return 'me';
    default:
      return never(reference);
  }
}

export const noSuchGroupCard = (typed: string): Card =>
  say(
    text(
      `No user group "${typed}" has people you may log off. The window of \`/logoff\` shows the groups. Nothing was done.`,
    ),
  );

/** Two groups of one name cannot be told apart by it. */
export const severalGroupsCard = (typed: string): Card =>
  say(
    text(`Several user groups are called "${typed}". Name the people, or choose the group in the window that `),
    text('`/logoff` alone opens. Nothing was done.'),
  );

/** It is not known which associate somebody is; what to do about it. */
export function notTiedCard(who: { readonly slack: SlackUserId; readonly name: string }, isAsker: boolean): Card {
  const whom: readonly Span[] = isAsker ? [text('you are')] : [person(who), text(' is')];
  const what = isAsker
    ? 'Ask your CRM administrator to add you to `identities`.'
    : 'Type the login or the associate id, or ask your CRM administrator to add the person to `identities`.';
  return say(text('I do not know for certain which SuperOffice user '), ...whom, text(`. ${what} Nothing was done.`));
}
