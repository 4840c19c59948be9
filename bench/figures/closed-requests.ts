import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';
import { type Block, inTurn } from '../measure/blocks.ts';
import { atMost, type Figure, spreadFigure } from '../measure/figure.ts';
import { middleOf, ratioOf, valuesOf } from '../measure/ratio.ts';
import type { Plan } from '../plan.ts';
import { temporaryFolder } from '../process/programs.ts';
import { fillRequests, readTemplate } from '../world/fill-requests.ts';
import { type Employee, openCompany } from './company.ts';

/** A command beside very many requests that have ended, against one beside none. */
export async function closedRequests(plan: Plan): Promise<readonly Figure[]> {
  const { closedRequests: count, rounds, random, tell, blockMs } = plan;
  const company = await openCompany();
  const folder = temporaryFolder();
  const file = join(folder.path, 'full.db');
  const emptyFile = join(folder.path, 'empty.db');
  try {
    const empty = await company.bot('socket', { DATABASE_URL: `sqlite:${emptyFile}` });
    const { world } = company;
    await world.work(empty.slack, { work: 'command', reply: 'direct', atOnce: 1, pieces: 10 });
    tell(`filling a database with ${count} requests that have ended`);
    await (await openStore({ url: `sqlite:${file}`, now: Date.now })).close();
    fillRequests(file, readTemplate(emptyFile), count);
    const size = statSync(file).size / 1e6;
    tell(`commands beside them (${Math.round(size)} MB)`);
    const full = await company.bot('socket', { DATABASE_URL: `sqlite:${file}` });
    for (const { slack } of [empty, full]) {
      await world.work(slack, { work: 'command', reply: 'direct', atOnce: 8, pieces: plan.warmUp });
    }
    const cpu = new Map<string, number[]>();
    const block =
      (name: string, { subject, slack }: Employee): Block =>
      async () => {
        const before = await subject.usage();
        const { times } = await world.work(slack, { work: 'command', reply: 'direct', atOnce: 1, forMs: blockMs });
        const after = await subject.usage();
        cpu.set(name, [...(cpu.get(name) ?? []), (after.cpu - before.cpu) / times.length]);
        return middleOf(times).median;
      };
    const blocks = new Map([
      ['full', block('full', full)],
      ['empty', block('empty', empty)],
    ]);
    const times = await inTurn(blocks, rounds, random);
    const costs = times.map((_, at) => new Map([...cpu].map(([name, each]) => [name, each[at] ?? Number.NaN])));
    const name = `command with ${count.toLocaleString('en')} closed requests`;
    const ms = (each: string) => `${each} ${middleOf(valuesOf(times, each)).median.toPrecision(3)}`;
    return [
      spreadFigure(`${name}: time, of that with none`, 'x', ratioOf(times, 'full', 'empty'), {
        target: atMost(1.2),
        note: `ms: ${ms('full')}, ${ms('empty')}; the database has ${Math.round(size)} MB`,
      }),
      spreadFigure(`${name}: CPU, of that with none`, 'x', ratioOf(costs, 'full', 'empty')),
    ];
  } finally {
    await company.close();
    folder.remove();
  }
}
