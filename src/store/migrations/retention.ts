import { sql } from 'kysely';
import type { Engine, Tx } from '../tables.ts';

/**
 * Lets entries be taken out of the front of the audit, and of nowhere else: `audit_stub` names the last one that goes, its
 * guards see to it that this is an entry that exists and lies behind the one named before, and the audit's own guard lets go
 * of rows up to it. Also what is done once a day, and finding the requests of one person.
 */
export async function retention(tx: Tx, engine: Engine): Promise<void> {
  const guards = engine === 'sqlite' ? sqliteGuards : postgresGuards;
  for (const statement of [...tables(engine), ...guards]) await sql.raw(statement).execute(tx);
}

function tables(engine: Engine): readonly string[] {
  const whole = engine === 'sqlite' ? 'integer' : 'bigint';
  const end = engine === 'sqlite' ? ') strict' : ')';
  return [
    `create table audit_stub (id ${whole} primary key check (id = 1), n ${whole} not null, hash text not null${end}`,
    `create table duties (
       name text primary key,
       day text not null,
       holder text,
       until ${whole} not null${end}`,
    'create index request_targets_of on request_targets (associate, request)',
  ];
}

const NEVER = 'audit entries are never changed or taken out';
const STUB = 'the stub of the audit only moves on, to an entry that is there';

const sqliteGuards: readonly string[] = [
  'drop trigger audit_no_delete',
  `create trigger audit_no_delete before delete on audit
     when old.n > coalesce((select n from audit_stub where id = 1), 0) begin
     select raise(abort, '${NEVER}'); end`,
  `create trigger audit_stub_first before insert on audit_stub
     when not exists (select 1 from audit where n = new.n and hash = new.hash) begin
     select raise(abort, '${STUB}'); end`,
  `create trigger audit_stub_next before update on audit_stub
     when new.n <= old.n or not exists (select 1 from audit where n = new.n and hash = new.hash) begin
     select raise(abort, '${STUB}'); end`,
  `create trigger audit_stub_stays before delete on audit_stub begin select raise(abort, '${STUB}'); end`,
];

const postgresGuards: readonly string[] = [
  'drop trigger audit_no_change on audit',
  `create function audit_refuse_delete() returns trigger language plpgsql as $$
     begin
       if old.n > coalesce((select n from audit_stub where id = 1), 0) then raise exception '${NEVER}'; end if;
       return old;
     end $$`,
  `create function audit_stub_refuse() returns trigger language plpgsql as $$
     begin
       if tg_op = 'INSERT' or tg_op = 'UPDATE' then
         if (tg_op = 'INSERT' or new.n > old.n)
           and exists (select 1 from audit where n = new.n and hash = new.hash) then return new; end if;
       end if;
       raise exception '${STUB}';
     end $$`,
  'create trigger audit_no_update before update on audit for each row execute function audit_refuse()',
  'create trigger audit_no_delete before delete on audit for each row execute function audit_refuse_delete()',
  'create trigger audit_stub_moves before insert or update or delete on audit_stub for each row execute function audit_stub_refuse()',
  'create trigger audit_stub_no_truncate before truncate on audit_stub for each statement execute function audit_stub_refuse()',
];
