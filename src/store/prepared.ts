import type { Compilable, QueryResult } from 'kysely';
import { DirectAdapter } from './sqlite-dialect.ts';
import type { Db } from './tables.ts';

type Kind = 'number' | 'text' | 'number or null' | 'text or null';
interface Kinds {
  readonly number: number;
  readonly text: string;
  readonly 'number or null': number | null;
  readonly 'text or null': string | null;
}
type Shape = Readonly<Record<string, Kind>>;
type Values<S extends Shape> = { readonly [Name in keyof S]: Kinds[S[Name]] };

/** A place in a statement: a value that is given each time, by its name, or one that always stands there. */
type Slot = { readonly name: string } | { readonly always: unknown };

/**
 * A query that is built once and run with other values each time; `shape` says which. Building a query out of parts takes
 * Kysely longer than it takes SQLite to run it, and one command runs some fifty. Figures: bench/README.md, "Statements".
 */
export function prepared<S extends Shape, R>(shape: S, build: (db: Db, values: Values<S>) => Compilable<R>) {
  /** Each engine writes its own SQL. */
  const templates = new WeakMap<object, ReturnType<typeof templateOf>>();

  function templateOf(db: Db) {
    const marks = marksFor(shape);
    const query = build(db, marks).compile();
    const names = new Map<unknown, string>(Object.entries(marks).map(([name, mark]) => [mark, name]));
    const slots = query.parameters.map((parameter): Slot => {
      const name = names.get(parameter);
      return name === undefined ? { always: parameter } : { name };
    });
    return { query, slots };
  }

  return async (db: Db, values: Values<S>): Promise<QueryResult<R>> => {
    const { adapter } = db.getExecutor();
    const template = templates.get(adapter) ?? templateOf(db);
    templates.set(adapter, template);
    const { query, slots } = template;
    const parameters = slots.map((slot) => ('name' in slot ? values[slot.name] : slot.always));
    const result =
      adapter instanceof DirectAdapter ? adapter.run<R>(query.sql, parameters, db.isTransaction) : undefined;
    return result ?? (await db.executeQuery<R>({ ...query, parameters }));
  };
}

/** Numbers below anything that is stored: not an id, a time, a count or a flag. */
const LOWEST = -8_000_000_000_000_000;

/** For each value that will be given one that cannot be meant, to find its places by. */
function marksFor<S extends Shape>(shape: S): Values<S> {
  const marks = Object.fromEntries(
    Object.entries(shape).map(([name, kind], at) => [
      name,
      kind.startsWith('number') ? LOWEST - at : `\u0000value ${at}\u0000`,
    ]),
  );
  if (!isShaped(marks, shape)) throw new Error('every value has its mark');
  return marks;
}

const isShaped = <S extends Shape>(marks: Readonly<Record<string, unknown>>, shape: S): marks is Values<S> =>
  Object.entries(shape).every(
    ([name, kind]) => typeof marks[name] === (kind.startsWith('number') ? 'number' : 'string'),
  );
