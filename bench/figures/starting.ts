import { type Block, inTurn } from '../measure/blocks.ts';
import { atMost, type Figure, spreadFigure } from '../measure/figure.ts';
import { middleOf, ratioOf, valuesOf } from '../measure/ratio.ts';
import type { Plan } from '../plan.ts';
import { builtProgram, peerProgram, sourceProgram, temporaryFolder, type Where } from '../process/programs.ts';
import { timeStart } from '../process/start-time.ts';
import type { Program } from '../process/subject.ts';
import { openWorld } from '../world/world.ts';

/** From starting the process to the line that says `ready`, and what it holds in memory when nothing happens. */
export async function starting({ starts, random, tell }: Plan): Promise<readonly Figure[]> {
  tell('starting the process');
  const world = await openWorld();
  const folder = temporaryFolder();
  const where: Where = { world, slack: await world.slack(), mode: 'socket', folder: folder.path };
  const programs = new Map<string, Program>([
    ['bot', builtProgram(where)],
    ['sources', sourceProgram(where)],
    ['bolt', peerProgram('bare-bolt.mjs', where)],
  ]);
  const memory = new Map<string, number[]>();
  const cpu = new Map<string, number[]>();
  try {
    const blocks = new Map<string, Block>(
      [...programs].map(([name, program]) => [
        name,
        async () => {
          const started = await timeStart(program);
          memory.set(name, [...(memory.get(name) ?? []), started.rss]);
          cpu.set(name, [...(cpu.get(name) ?? []), started.cpu]);
          return started.wall;
        },
      ]),
    );
    // The first start makes the database and fills the caches of the file system.
    await inTurn(blocks, 1, random);
    memory.clear();
    cpu.clear();
    const wall = await inTurn(blocks, starts, random);
    const roundsOf = (values: ReadonlyMap<string, readonly number[]>) =>
      wall.map((_, round) => new Map([...values].map(([name, each]) => [name, each[round] ?? Number.NaN])));
    const [held, used] = [roundsOf(memory), roundsOf(cpu)];
    const ms = (name: string) => `${name} ${Math.round(middleOf(valuesOf(wall, name)).median)}`;
    const mb = (name: string) => `${name} ${Math.round(middleOf(valuesOf(held, name)).median / 1e6)}`;
    return [
      spreadFigure('start to ready: of bare Bolt', 'x', ratioOf(wall, 'bot', 'bolt'), {
        target: atMost(1.15),
        note: `ms: ${[...programs.keys()].map(ms).join(', ')}`,
      }),
      spreadFigure('start to ready, CPU: of bare Bolt', 'x', ratioOf(used, 'bot', 'bolt')),
      spreadFigure('start to ready from the sources: of bare Bolt', 'x', ratioOf(wall, 'sources', 'bolt')),
      spreadFigure('memory at idle: of bare Bolt', 'x', ratioOf(held, 'bot', 'bolt'), {
        target: atMost(1.25),
        note: `MB: ${[...programs.keys()].map(mb).join(', ')}`,
      }),
    ];
  } finally {
    await world.close();
    folder.remove();
  }
}
