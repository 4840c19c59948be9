import type { Person } from '../people.ts';
import type { Held } from '../request/request.ts';
import { say } from './answers.ts';
import { type Card, person, text } from './card.ts';
import { describePause } from './ending.ts';

/** Said in the channels when all dispatch stops. */
export const pausedCard = (pause: Held): Card =>
  say(
    text('Nobody is logged off for now: '),
    ...describePause(pause),
    text('. Requests can still be made and approved; they wait, and their time goes on. `/logoff resume` ends it.'),
  );

/** Said in the channels when it goes on. */
export const resumedCard = (by: Pick<Person, 'slack' | 'name'>): Card =>
  say(person(by), text(' ended the pause: what is approved and still in time is carried out now.'));

export const alreadyPausedCard = (pause: Held): Card =>
  say(text('It is paused already: '), ...describePause(pause), text('. Nothing changed.'));

export const notPausedCard: Card = say(text('Nothing is paused. Nothing changed.'));
