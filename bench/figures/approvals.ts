import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { atMost, type Figure, spreadFigure } from '../measure/figure.ts';
import { percentOf } from '../measure/profile.ts';
import { middleOf } from '../measure/ratio.ts';
import type { Plan } from '../plan.ts';
import { type Company, type Employee, openCompany } from './company.ts';

const AT_ONCE = 8;

/** Request, card, approval, verified, card: how many per second on each engine, and where the time goes. */
export async function approvals(plan: Plan): Promise<readonly Figure[]> {
  const company = await openCompany();
  try {
    return [...(await onSqlite(company, plan)), ...(await onPostgres(company, plan))];
  } finally {
    await company.close();
  }
}

const onSqlite = async (company: Company, plan: Plan): Promise<readonly Figure[]> =>
  figuresFor('SQLite', await company.bot('socket'), company, plan);

/** On a database of its own on the server that the tests use; without one there is nothing to report. */
async function onPostgres(company: Company, plan: Plan): Promise<readonly Figure[]> {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined) {
    plan.tell('PostgreSQL: TEST_DATABASE_URL is not set, so it is left out');
    return [];
  }
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  const address = new URL(url);
  address.pathname = `/${name}`;
  const bot = await company.bot('socket', { DATABASE_URL: address.href });
  try {
    return await figuresFor('PostgreSQL', bot, company, plan);
  } finally {
    await bot.subject.stop();
    await client.query(`drop database ${name} with (force)`);
    await client.end();
  }
}

async function figuresFor(engine: string, bot: Employee, { world }: Company, plan: Plan): Promise<readonly Figure[]> {
  plan.tell(`requests with an approval on ${engine}`);
  const shift = { work: 'approved', reply: 'direct', atOnce: AT_ONCE } as const;
  await world.work(bot.slack, { ...shift, pieces: Math.ceil(plan.warmUp / 2) });
  const rates: number[] = [];
  for (let round = 0; round < Math.ceil(plan.rounds / 2); round += 1) {
    const { done, wall } = await world.work(bot.slack, { ...shift, forMs: plan.blockMs * 3 });
    rates.push((1_000 * done) / wall);
  }
  const pieces = plan.mode === 'full' ? 1_000 : 100;
  const shares = await bot.subject.profileDuring(() => world.work(bot.slack, { ...shift, pieces }));
  const percents = percentOf(shares);
  const ours = percents.filter(([part]) => part.startsWith('src/'));
  const [largest = 'src', percent = Number.NaN] = ours[0] ?? [];
  const note = percents
    .slice(0, 14)
    .map(([part, share]) => `${part} ${share.toFixed(1)} %`)
    .join(', ');
  return [
    spreadFigure(`request with an approval, ${engine}, ${AT_ONCE} at a time`, 'per s', middleOf(rates)),
    {
      name: `request with an approval, ${engine}: largest part of ours`,
      unit: '%',
      value: percent,
      target: atMost(20),
      note: `${largest}. Of the time that the process is not waiting: ${note}`,
    },
  ];
}
