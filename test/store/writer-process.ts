import { openStore } from '../../src/store/open-store.ts';
import { after, anna, NOON, opening } from './sample-requests.ts';

const [url = '', task] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const { requests } = await openStore({ url, now: () => NOON });
  say('open');
  if (task === 'hold') setInterval(() => {}, 1_000);
  for (let i = 0; task === 'write'; i += 1) {
    const { request } = await requests.open(`${process.pid} ${i}`, (id) => opening(id));
    say(`${request.id} 1`);
    const ended = after(request, { kind: 'cancelled', by: anna });
    if (await requests.save(1, ended.request, ended.entries, undefined)) say(`${request.id} 2`);
    // Lines leave the process only when it comes to rest.
    await new Promise((resolve) => setImmediate(resolve));
  }
} catch (error) {
  say(error instanceof Error ? `${error.name}: ${error.message}` : 'failed');
}
