import { sql } from 'kysely';
import type { Engine, Tx } from '../tables.ts';

/** Version 1: all tables. Every question about what is open is answered from an index that holds nothing else. */
export async function first(tx: Tx, engine: Engine): Promise<void> {
  for (const statement of [...tables(engine), ...indexes, ...(engine === 'sqlite' ? sqliteGuards : postgresGuards)]) {
    await sql.raw(statement).execute(tx);
  }
}

function tables(engine: Engine): readonly string[] {
  const whole = engine === 'sqlite' ? 'integer' : 'bigint';
  const end = engine === 'sqlite' ? ') strict' : ')';
  return [
    `create table counters (name text primary key, value ${whole} not null${end}`,
    `insert into counters (name, value) values ('request', 0)`,
    `create table requests (
       id ${whole} primary key,
       key text not null unique,
       version ${whole} not null,
       open ${whole} not null check (open in (0, 1)),
       due_at ${whole} check (due_at is null or open = 1),
       record text not null${end}`,
    `create table request_targets (
       request ${whole} not null references requests (id),
       associate ${whole} not null,
       open ${whole} not null check (open in (0, 1)),
       primary key (request, associate)${end}`,
    `create table drawings (
       request ${whole} not null references requests (id),
       place text not null,
       version ${whole} not null,
       wanted ${whole} not null,
       channel text,
       ts text,
       reply text,
       retry_at ${whole},
       failures ${whole} not null,
       behind ${whole} not null generated always as
         (case when version < wanted or retry_at is not null then 1 else 0 end) stored,
       holder text,
       until ${whole},
       primary key (request, place)${end}`,
    `create table policy (id ${whole} primary key check (id = 1), version text not null, at ${whole} not null${end}`,
    `create table audit (
       n ${whole} primary key,
       at ${whole} not null,
       request ${whole},
       kind text not null,
       prev text not null unique,
       hash text not null,
       text text not null${end}`,
  ];
}

const indexes: readonly string[] = [
  'create index requests_open on requests (id) where open = 1',
  'create index requests_due on requests (due_at, id) where open = 1 and due_at is not null',
  'create index request_targets_open on request_targets (associate, request) where open = 1',
  'create index drawings_behind on drawings (request) where behind = 1',
  'create index drawings_held on drawings (request) where holder is not null',
  'create index audit_of_request on audit (request, n) where request is not null',
];

/** Entries are never changed or taken out. A later migration (`retention.ts`) lets go of those at the front, and of nothing else. */
const sqliteGuards: readonly string[] = ['update', 'delete'].map(
  (verb) => `create trigger audit_no_${verb} before ${verb} on audit begin
     select raise(abort, 'audit entries are never changed or taken out'); end`,
);

const postgresGuards: readonly string[] = [
  `create function audit_refuse() returns trigger language plpgsql as $$
     begin raise exception 'audit entries are never changed or taken out'; end $$`,
  'create trigger audit_no_change before update or delete on audit for each row execute function audit_refuse()',
  'create trigger audit_no_truncate before truncate on audit for each statement execute function audit_refuse()',
];
