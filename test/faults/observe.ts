import { APPROVALS } from '../e2e/cast.ts';
import type { RaisedTown } from '../e2e/raise-town.ts';
import { SECOND } from './row.ts';

/** What is written in the channel of a request, without its number. */
export const lineOf = (town: RaisedTown, request = 1): string => {
  try {
    return town.line(request).replace(/^Request \d+: /, '');
  } catch {
    return 'nothing';
  }
};

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** How many log-off calls arrived at SuperOffice. */
export const arrived = (town: RaisedTown): string => plural(town.calls().length, 'call');

/** Who went from on to off in SuperOffice's own journal. */
export function loggedOff(town: RaisedTown): string {
  const off = town.netserver.journal().flatMap((exchange) => exchange.loggedOff);
  return off.length === 0 ? 'nobody off' : `${off.join(', ')} off`;
}

/** Calls, their effect, and what is said of them in Slack. */
export const outcome = (town: RaisedTown, request = 1): string =>
  `${arrived(town)}, ${loggedOff(town)}: ${lineOf(town, request)}`;

/** Whether the bot still does its work when all is well again: a request of Bob's, approved by Alice. */
export async function stillWorks(town: RaisedTown): Promise<string> {
  const { bob, alice, clock, card } = town;
  const open = () => {
    const numbers = [...town.slack.transcript('C0HELPDESK').matchAll(/Request (\d+): /g)].map(([, digits]) =>
      Number(digits),
    );
    return Math.max(0, ...numbers);
  };
  const before = open();
  town.netserver.logOn(104);
  await bob.say('/logoff 104');
  const number = open();
  if (number === before) return `then refused: ${bob.told()}`;
  await alice.click(card(number), 'Approve');
  await clock.advance(25 * SECOND);
  return `then works: ${lineOf(town, number)}`;
}

/** What one command comes to. */
export async function command(town: RaisedTown, text: string): Promise<string> {
  const typed = await town.bob.say(text);
  return `${typed.acknowledged ? 'acknowledged' : `not acknowledged (${typed.problem})`}, told: ${town.bob.told()}`;
}

/** How often the card of the first request stands in the approvals channel. */
export function cards(town: RaisedTown): string {
  const messages = town.slack.workspace.messages(APPROVALS).filter(({ visibleTo }) => visibleTo === undefined);
  const count = messages.filter(({ text }) => text.includes('Request 1: log off')).length;
  return count === 1 ? 'one card' : `${count} cards`;
}

/** Alice presses Approve on the newest card, and the time until the end passes. */
export async function approveAgain(town: RaisedTown): Promise<string> {
  await town.alice.click(town.card(1), 'Approve');
  await town.clock.advance(25 * SECOND);
  return outcome(town);
}
