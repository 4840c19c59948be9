import type { Person } from '../people.ts';
import type { Held } from '../request/request.ts';
import { say } from './answers.ts';
import { type Card, person, text } from './card.ts';
import { describePause } from './ending.ts';

/** Said in the channels when all log-offs stop. */
export const pausedCard = (pause: Held): Card =>
  say(
    text('Nobody is logged off for now: all log-offs are '),
    ...describePause(pause, { openedAt: pause.since }),
    text(
      '. Requests can still be made and approved; they wait, and their time runs on. `/logoff resume` ends the pause.',
    ),
  );

/** Said in the channels when it goes on. */
export const resumedCard = (by: Pick<Person, 'slack' | 'name'>): Card =>
  say(person(by), text(' ended the pause: requests that are approved and still in time are carried out now.'));

export const alreadyPausedCard = (pause: Held): Card =>
  say(
    text('All log-offs are already '),
    ...describePause(pause),
    text('. `/logoff resume` ends the pause. Nothing changed.'),
  );

export const notPausedCard: Card = say(text('Log-offs are not paused. Nothing changed.'));
