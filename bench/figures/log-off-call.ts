import { type Edge, openEdge } from '../edge/edge.ts';
import { atLeast, atMost, type Figure, spreadFigure } from '../measure/figure.ts';
import { middleOf, ratioOf, valuesOf } from '../measure/ratio.ts';
import type { Plan } from '../plan.ts';
import { type BenchWorld, openWorld } from '../world/world.ts';

/** One `LogOffWindowsUsers` call: our edge against an envelope sent by hand, and against the SOAP package as it comes. */
export async function logOffCall(plan: Plan): Promise<readonly Figure[]> {
  const world = await openWorld();
  const edge = await openEdge();
  try {
    return [
      ...(await cpuFigures(edge, world, plan, 1, 2.5)),
      ...(await cpuFigures(edge, world, plan, 1_000, 5)),
      await bytesFigure(edge),
      ...(await junkFigures(edge, world, plan)),
    ];
  } finally {
    await edge.close();
    await world.close();
  }
}

async function cpuFigures(
  edge: Edge,
  { netserverUrl: url }: BenchWorld,
  { rounds, blockMs, random, tell }: Plan,
  ids: number,
  lessThanPackage: number,
): Promise<readonly Figure[]> {
  tell(`one log-off call, ${ids} ids`);
  const each = await edge.compare({ url, ids, rounds, blockMs, seed: Math.floor(random() * 1e9) });
  const ms = (way: string) => middleOf(valuesOf(each, way)).median.toPrecision(2);
  const name = `log-off call, ${ids === 1 ? '1 id' : `${ids.toLocaleString('en')} ids`}, CPU`;
  return [
    spreadFigure(`${name}: of the envelope by hand`, 'x', ratioOf(each, 'ours', 'by hand'), {
      target: atMost(2.5),
      note: `CPU ms: ours ${ms('ours')}, by hand ${ms('by hand')}, the package ${ms('soap')}`,
    }),
    spreadFigure(`${name}: the package over ours`, 'x', ratioOf(each, 'soap', 'ours'), {
      target: atLeast(lessThanPackage),
    }),
    spreadFigure(`${name}: the package over the envelope by hand`, 'x', ratioOf(each, 'soap', 'by hand')),
  ];
}

async function bytesFigure(edge: Edge): Promise<Figure> {
  const { ours, soap } = await edge.bytes(1_000);
  return {
    name: 'log-off call, 1,000 ids, bytes: of the package',
    unit: 'x',
    value: ours / soap,
    target: atMost(0.25),
    note: `${ours} bytes against ${soap}`,
  };
}

const SHAPES = [
  ['less-than', 'less-than signs'],
  ['html', 'a web page'],
] as const;

/** How long 80 KB of junk in place of SOAP keep everything else waiting. */
async function junkFigures(
  edge: Edge,
  world: BenchWorld,
  { junk: times, mode, tell }: Plan,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [shape, words] of SHAPES) {
    tell(`80 KB of junk: ${words}`);
    await world.junk(shape);
    const stalls = await edge.stalls(world.netserverUrl, 'ours', times);
    const name = `80 KB of junk, ${words}: longest stall`;
    const wall = middleOf(stalls.map((stall) => stall.wall)).median;
    figures.push(
      spreadFigure(name, 'ms', middleOf(stalls.map(({ cpu }) => cpu)), {
        target: atMost(10),
        note: `CPU time of the thread between two turns of the event loop; by the clock on the wall ${wall.toFixed(1)} ms`,
      }),
    );
    if (mode === 'full') {
      const [theirs] = await edge.stalls(world.netserverUrl, 'soap', 1);
      figures.push({ name: `${name}, the package as it comes`, unit: 'ms', value: theirs?.cpu ?? Number.NaN });
    }
    await world.calm();
  }
  return figures;
}
