import { atMost, type Figure } from '../measure/figure.ts';
import { quantile } from '../measure/ratio.ts';
import type { Plan } from '../plan.ts';
import { openCompany } from './company.ts';

/** Choosing people by typing, where SuperOffice has very many; and how long reading them all keeps everything else waiting. */
export async function picker({ people, queries, tell }: Plan): Promise<readonly Figure[]> {
  tell(`people picker over ${people} users`);
  const company = await openCompany({ users: people, kind: 'many' });
  try {
    const { subject, slack } = await company.bot('socket');
    // The directory is read while this goes on: it begins when the bot is ready, and opening the window waits for it.
    const stall = await subject.stallDuring(() => company.world.picker(slack, 1));
    await company.world.picker(slack, Math.min(200, queries));
    const { times } = await company.world.picker(slack, queries);
    const name = `people picker, ${people.toLocaleString('en')} users`;
    return [
      {
        name: `${name}: p99`,
        unit: 'ms',
        value: quantile(times, 0.99),
        target: atMost(20),
        note: `p50 ${quantile(times, 0.5).toFixed(1)} ms, ${queries} times`,
      },
      {
        name: `${name}: longest stall while they are read`,
        unit: 'ms',
        value: stall.cpu,
        target: atMost(50),
        note: `CPU time of the thread between two turns of the event loop; by the clock on the wall ${Math.round(stall.wall)} ms`,
      },
    ];
  } finally {
    await company.close();
  }
}
