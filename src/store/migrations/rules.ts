import { sql } from 'kysely';
import type { Engine, Tx } from '../tables.ts';

/** What budgets are counted by, the denials of late, and the pause of all dispatch. */
export async function rules(tx: Tx, engine: Engine): Promise<void> {
  for (const statement of statements(engine)) await sql.raw(statement).execute(tx);
}

function statements(engine: Engine): readonly string[] {
  const whole = engine === 'sqlite' ? 'integer' : 'bigint';
  const end = engine === 'sqlite' ? ') strict' : ')';
  return [
    `create table asked (
       request ${whole} primary key references requests (id) on delete cascade,
       requester text not null,
       associate ${whole},
       at ${whole} not null,
       people ${whole} not null${end}`,
    'create index asked_by on asked (requester, at)',
    'create index asked_by_associate on asked (associate, at) where associate is not null',
    `create table denials (
       request ${whole} not null references requests (id) on delete cascade,
       associate ${whole} not null,
       at ${whole} not null,
       primary key (request, associate)${end}`,
    'create index denials_of on denials (associate, at)',
    `create table pause (id ${whole} primary key check (id = 1), pause text${end}`,
    'insert into pause (id, pause) values (1, null)',
  ];
}
