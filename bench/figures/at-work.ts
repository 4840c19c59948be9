import { type Block, inTurn, type Round } from '../measure/blocks.ts';
import type { Plan } from '../plan.ts';
import type { BenchWorld } from '../world/world.ts';
import type { Employee } from './company.ts';

/** CPU milliseconds for each piece of work, and pieces of work per second, round by round. */
export interface AtWork {
  readonly cpu: readonly Round<string>[];
  readonly rate: readonly Round<string>[];
}

/** Lets everybody work in turn, so many pieces at once, and looks what it costs each of them. */
export async function watchAtWork(
  world: BenchWorld,
  employees: ReadonlyMap<string, Employee>,
  atOnce: number,
  { rounds, blockMs, random }: Plan,
): Promise<AtWork> {
  const rates = new Map<string, number[]>();
  const block =
    (name: string, { subject, slack, work, reply }: Employee): Block =>
    async () => {
      const before = await subject.usage();
      const { done, wall } = await world.work(slack, { work, reply, atOnce, forMs: blockMs });
      const after = await subject.usage();
      rates.set(name, [...(rates.get(name) ?? []), (1_000 * done) / wall]);
      return (after.cpu - before.cpu) / done;
    };
  const blocks = new Map([...employees].map(([name, employee]) => [name, block(name, employee)]));
  const cpu = await inTurn(blocks, rounds, random);
  const rate = cpu.map((_, round) => new Map([...rates].map(([name, each]) => [name, each[round] ?? Number.NaN])));
  return { cpu, rate };
}

/** Gives everybody work until their code has been compiled as well as it will be. */
export async function warmUp(world: BenchWorld, employees: Iterable<Employee>, pieces: number): Promise<void> {
  for (const { slack, work, reply } of employees) await world.work(slack, { work, reply, atOnce: 8, pieces });
}
