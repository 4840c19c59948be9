import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { DatabaseConnection, Dialect, QueryResult, SqliteDatabase, SqliteStatement } from 'kysely';
import { CompiledQuery, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';

/** Statements kept prepared; the store has a few dozen, besides those whose lists of values differ in length. */
const KEPT = 100;

/** Kysely's dialect over `node:sqlite`: statements are prepared once, and transactions take the write lock at their start. */
export function sqliteDialect(database: DatabaseSync): Dialect {
  const kept = keepPrepared(database);
  return {
    createDriver: () => new ImmediateDriver(database, kept),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new DirectAdapter(database, kept),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/**
 * Runs statements that are written already, without Kysely's way to a connection: for an engine that answers at once that way
 * takes as long as the statement (bench/README.md, "Statements").
 */
export class DirectAdapter extends SqliteAdapter {
  readonly #database: DatabaseSync;
  readonly #kept: SqliteDatabase;

  constructor(database: DatabaseSync, kept: SqliteDatabase) {
    super();
    this.#database = database;
    this.#kept = kept;
  }

  /** Nothing where it would get into somebody else's transaction: there is one connection only. */
  run<R>(sql: string, parameters: readonly unknown[], inTransaction: boolean): QueryResult<R> | undefined {
    if (this.#database.isTransaction !== inTransaction) return undefined;
    const statement = this.#kept.prepare(sql);
    if (statement.reader) return { rows: rowsOf<R>(statement.all(parameters)) };
    const { changes } = statement.run(parameters);
    return { numAffectedRows: BigInt(changes), rows: [] };
  }
}

/** What a statement gives is what its query says that it gives; Kysely takes it on the same trust. */
const rowsOf = <R>(rows: unknown[]): R[] => (areRows<R>(rows) ? rows : []);
const areRows = <R>(_: unknown[]): _ is R[] => true;

class ImmediateDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync, kept: SqliteDatabase) {
    super({ database: kept });
    this.#database = database;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk rolls back by itself; a second rollback would throw and hide what happened. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

function keepPrepared(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = kept.get(sql);
      const statement = known ?? asKyselyTakesIt(database.prepare(sql));
      kept.delete(sql);
      kept.set(sql, statement);
      if (kept.size > KEPT) {
        const [longestUnused] = kept.keys();
        if (longestUnused !== undefined) kept.delete(longestUnused);
      }
      return statement;
    },
  };
}

function asKyselyTakesIt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(bindable)),
    run: (parameters) => statement.run(...parameters.map(bindable)),
    iterate: (parameters) => statement.iterate(...parameters.map(bindable)),
  };
}

function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  throw new TypeError(`a ${typeof value} cannot be stored`);
}
