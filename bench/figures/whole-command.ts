import { atLeast, atMost, type Figure, spreadFigure } from '../measure/figure.ts';
import { middleOf, ratioOf, valuesOf } from '../measure/ratio.ts';
import type { Plan } from '../plan.ts';
import type { Mode } from '../world/settings.ts';
import { type AtWork, warmUp, watchAtWork } from './at-work.ts';
import { type Employee, openCompany } from './company.ts';

const AT_ONCE = 32;

/**
 * A whole command under a rule that asks for no approval, from the slash to the answer that somebody was seen gone. The
 * tutorial and Hubot do less: they keep no record, check nobody, and believe what NetServer says.
 */
export async function wholeCommand(plan: Plan): Promise<readonly Figure[]> {
  return [...(await over('socket', plan)), ...(await over('http', plan))];
}

async function over(mode: Mode, plan: Plan): Promise<readonly Figure[]> {
  plan.tell(`whole commands over ${mode}`);
  const company = await openCompany();
  try {
    const bot = await company.bot(mode);
    await warmUp(company.world, [bot], 20);
    const employees = new Map<string, Employee>([
      ['bot', bot],
      ['floor', await company.floor(mode, bot)],
      ['tutorial', await company.tutorial(mode, 'cached')],
    ]);
    if (plan.mode === 'full') employees.set('tutorial, not cached', await company.tutorial(mode, 'not cached'));
    const hubot = mode === 'socket' && plan.mode !== 'check' ? await company.hubot(plan.mode === 'full') : undefined;
    if (hubot !== undefined) employees.set('Hubot', hubot);
    await warmUp(company.world, employees.values(), plan.warmUp);
    const alone = await watchAtWork(company.world, employees, 1, plan);
    const together = await watchAtWork(company.world, employees, AT_ONCE, plan);
    return figuresOf(mode, [...employees.keys()], alone, together);
  } finally {
    await company.close();
  }
}

function figuresOf(mode: Mode, names: readonly string[], alone: AtWork, together: AtWork): readonly Figure[] {
  const command = `command, ${mode}`;
  const cpu = (name: string, { cpu }: AtWork) => `${name} ${middleOf(valuesOf(cpu, name)).median.toPrecision(2)}`;
  const rate = (name: string) => `${name} ${Math.round(middleOf(valuesOf(together.rate, name)).median)}`;
  const others = names.filter((name) => !['bot', 'floor', 'tutorial'].includes(name));
  return [
    spreadFigure(`${command}, CPU: of its floor`, 'x', ratioOf(alone.cpu, 'bot', 'floor'), {
      target: mode === 'socket' ? atMost(3, 6.3) : atMost(4, 5.3),
      note: `CPU ms: ${names.map((name) => cpu(name, alone)).join(', ')}`,
    }),
    spreadFigure(`${command}, CPU: of the tutorial`, 'x', ratioOf(alone.cpu, 'bot', 'tutorial'), {
      target: atMost(2, mode === 'socket' ? 7.7 : 5.8),
    }),
    spreadFigure(
      `${command}, ${AT_ONCE} at a time, throughput: of the tutorial`,
      'x',
      ratioOf(together.rate, 'bot', 'tutorial'),
      {
        target: atLeast(1, mode === 'socket' ? 0.14 : 0.23),
        note: `per second: ${names.map(rate).join(', ')}; CPU ms: ${names.map((name) => cpu(name, together)).join(', ')}`,
      },
    ),
    spreadFigure(`${command}, ${AT_ONCE} at a time, CPU: of its floor`, 'x', ratioOf(together.cpu, 'bot', 'floor')),
    spreadFigure(`${command}, CPU: the floor of the tutorial`, 'x', ratioOf(alone.cpu, 'floor', 'tutorial')),
    ...others.map((name) => spreadFigure(`${command}, CPU: of ${name}`, 'x', ratioOf(alone.cpu, 'bot', name))),
  ];
}
