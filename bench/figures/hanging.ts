import { atLeast, atMost, type Figure, spreadFigure } from '../measure/figure.ts';
import { shuffled } from '../measure/random.ts';
import { middleOf, quantile, ratioOf } from '../measure/ratio.ts';
import type { Plan } from '../plan.ts';
import type { Mode } from '../world/settings.ts';
import { openCompany } from './company.ts';

/** All of a burst while NetServer answers nothing: is everything acknowledged, and how late compared with Bolt alone? */
export async function hanging(plan: Plan): Promise<readonly Figure[]> {
  return [...(await over('socket', plan)), ...(await over('http', plan))];
}

async function over(mode: Mode, { burst, bursts, random, tell }: Plan): Promise<readonly Figure[]> {
  tell(`${burst} commands at once over ${mode} while NetServer hangs`);
  const rounds: ReadonlyMap<string, number>[] = [];
  const late: number[] = [];
  for (let round = 0; round < bursts; round += 1) {
    // New programs each time: what is left over from a burst would count in the next.
    const company = await openCompany();
    try {
      const { world } = company;
      const bot = await company.bot(mode);
      const bolt = await company.bareBolt(mode);
      await world.work(bot.slack, { work: 'command', reply: 'direct', atOnce: 8, pieces: 50 });
      await world.burst(bolt.slack, 50);
      await world.hang();
      const times = new Map<string, number>();
      for (const [name, { slack }] of shuffled(Object.entries({ bot, bolt }), random)) {
        const seen = await world.burst(slack, burst);
        times.set(name, quantile(seen.times, 0.99));
        if (name === 'bot') late.push(seen.late);
      }
      rounds.push(times);
    } finally {
      await company.close();
    }
  }
  const p99 = middleOf(rounds.flatMap((round) => round.get('bot') ?? [])).median;
  const name = `${burst.toLocaleString('en')} commands at once, NetServer hangs, ${mode}`;
  return [
    {
      name: `${name}: acknowledged within 3 s`,
      unit: '',
      value: 1 - Math.max(...late) / burst,
      target: atLeast(1),
      note: `p99 ${Math.round(p99)} ms`,
    },
    spreadFigure(`${name}: p99, of Bolt alone`, 'x', ratioOf(rounds, 'bot', 'bolt'), { target: atMost(1.2) }),
  ];
}
