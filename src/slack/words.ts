import { say } from '../core/cards/answers.ts';
import { type Card, text } from '../core/cards/card.ts';

/** What the edge itself has to tell people. */
const sentence = (words: string): Card => say(text(words));

export const answers = {
  failed: sentence(
    'Sorry, something went wrong on my side, and I noted it for the operator. Look at `/logoff status` before you try again.',
  ),
  unreachable: sentence('Sorry, I cannot ask Slack who you are at the moment. Nothing was done; please try again.'),
  foreign: sentence('I only work in the workspace that I was installed in. Type the command there. Nothing was done.'),
  unknown: sentence(
    'I do not know this button or command any more. Type the command again; `/logoff help` shows what there is. Nothing was done.',
  ),
  forged: sentence(
    'This does not belong to one of my requests. Open it again from the message or with `/logoff`. Nothing was done.',
  ),
  stopping: sentence('I am being restarted. Nothing was done; please try again in a minute.'),
  noSuchPage: sentence('You cannot see this list. `/logoff status` shows the requests that you can see.'),
  working: sentence('Working on it …'),
} as const;
