import { BOB } from './people.ts';
import type { Place } from './work.ts';

const CHANNEL = 'C0HELPDESK';

/** Types so many commands at once; gives how many milliseconds each waited for its acknowledgement, and how many were too late. */
export async function burst({ slack }: Place, count: number, next: () => number) {
  const bob = slack.as(BOB);
  const times: number[] = [];
  let late = 0;
  const begun = performance.now();
  const one = async () => {
    const { acknowledged } = await bob.say(CHANNEL, `/logoff ${next()} reason: locked out`);
    times.push(performance.now() - begun);
    if (!acknowledged) late += 1;
  };
  await Promise.all(Array.from({ length: count }, one));
  return { times, late };
}
