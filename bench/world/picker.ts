import { randomFrom } from '../measure/random.ts';
import { BOB } from './people.ts';
import type { Place } from './work.ts';

const CHANNEL = 'C0HELPDESK';
const TYPED = [
  'a',
  'an',
  'anna',
  'ols',
  'jane d',
  'lee',
  'ø',
  'søren',
  'van der',
  'per han',
  'zzz',
  'kari n',
  'user1',
  '田',
];

/** Opens the window and types into its people picker again and again; gives how long each answer took. */
export async function lookUpPeople({ slack }: Place, queries: number) {
  const bob = slack.as(BOB);
  const random = randomFrom(1);
  await bob.say(CHANNEL, '/logoff');
  const hasPicker = (seen: unknown) => JSON.stringify(seen).includes('multi_external_select');
  const view = await slack.until(() => bob.modals().find(hasPicker), {
    within: 60_000,
    what: 'the window with the picker',
  });
  const times: number[] = [];
  let found = 0;
  for (let query = 0; query < queries; query += 1) {
    const words = TYPED[Math.floor(random() * TYPED.length)] ?? '';
    const begun = performance.now();
    const options = await bob.typeahead(view, { action_id: 'people' }, words);
    times.push(performance.now() - begun);
    found += options.length;
  }
  await bob.close(view);
  return { times, found };
}
