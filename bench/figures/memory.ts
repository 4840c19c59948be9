import { atMost, type Figure } from '../measure/figure.ts';
import type { Plan } from '../plan.ts';
import { openCompany } from './company.ts';

/** What the process holds after many requests, compared with after few. */
export async function memory({ requests: [few, many], mode, tell }: Plan): Promise<readonly Figure[]> {
  tell(`memory after ${many} requests`);
  const company = await openCompany();
  try {
    const { subject, slack } = await company.bot('socket');
    const work = (pieces: number) => company.world.work(slack, { work: 'command', reply: 'direct', atOnce: 8, pieces });
    await work(few);
    const early = await subject.memory();
    await work(many - few);
    const late = await subject.memory();
    const size = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
    const name = `memory after ${many.toLocaleString('en')} requests: of that after ${few.toLocaleString('en')}`;
    return [
      {
        name,
        unit: 'x',
        value: late.rss / early.rss,
        // Below the size of the table the code that is still being compiled weighs more than what is kept.
        ...(mode === 'full' ? { target: atMost(1.1) } : {}),
        note: `${size(early.rss)}, then ${size(late.rss)}`,
      },
      {
        name: `${name}, in use`,
        unit: 'x',
        value: late.used / early.used,
        note: `${size(early.used)}, then ${size(late.used)}`,
      },
    ];
  } finally {
    await company.close();
  }
}
