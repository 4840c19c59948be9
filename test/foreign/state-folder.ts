import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Somebody in the database of a foreign NetServer. */
export interface Somebody {
  readonly id: number;
  readonly name: string;
  readonly fullName: string;
  readonly email?: string;
  readonly groupId: number;
  readonly external?: boolean;
  readonly retired?: boolean;
}

export interface Database {
  readonly people: readonly Somebody[];
  readonly groups: readonly { readonly id: number; readonly name: string }[];
  readonly account: { readonly login: string; readonly password: string; readonly id: number };
  readonly rights: readonly string[];
  readonly on: readonly number[];
}

/** A call that reached the application behind the SOAP stack. */
export interface Entry {
  readonly service: string;
  readonly operation: string;
  readonly succeeded: boolean;
  /** The ids, or what else was asked for. */
  readonly words: string;
}

/** How a foreign server behaves: members without a value written as nil, and a wrong password answered with an exception. */
export type Mode = 'nil' | 'wrong-password-throws';

/** What a foreign server keeps: files of lines with cells between tabs, which server and runner share. */
export interface ForeignState {
  readonly folder: string;
  /** Forgets everything and begins with this. */
  reset(database: Database, modes?: readonly Mode[]): void;
  journal(): readonly Entry[];
  /** The calls of one operation. */
  calls(operation: string): readonly Entry[];
  /** What the SOAP stack refused. */
  complaints(): readonly string[];
  /** Who has a logon record. */
  on(): readonly number[];
  expireTickets(): void;
  /** From now on this operation is refused with this exception, or with a SOAP fault where that is called `fault`. */
  refuse(operation: string, exception: string, text: string): void;
  allow(): void;
}

export function stateIn(folder: string): ForeignState {
  const write = (name: string, rows: readonly (readonly (string | number)[])[]) =>
    writeFileSync(join(folder, name), rows.map((row) => `${row.join('\t')}\n`).join(''));
  const rows = (name: string): readonly (readonly string[])[] =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'));
  const journal = () =>
    rows('journal').map(([service = '', operation = '', verdict, words = '']) => ({
      service,
      operation,
      succeeded: verdict === 'yes',
      words,
    }));
  return {
    folder,
    reset({ people, groups, account, rights, on }, modes = []) {
      write(
        'associates',
        people.map(({ id, name, fullName, email = '', groupId, external = false, retired = false }) => {
          const type = external ? 'ExternalAssociate' : 'InternalAssociate';
          return [id, name, fullName, email, groupId, type, retired ? 1 : 0];
        }),
      );
      write(
        'groups',
        groups.map(({ id, name }) => [id, name]),
      );
      write('accounts', [[account.login, account.password, account.id, rights.join(',')]]);
      write(
        'on',
        on.map((id) => [id]),
      );
      write(
        'mode',
        modes.map((mode) => [mode]),
      );
      for (const empty of ['tickets', 'troubles', 'journal', 'complaints']) write(empty, []);
    },
    journal,
    calls: (operation) => journal().filter((entry) => entry.operation === operation),
    complaints: () => rows('complaints').map((cells) => cells.join(' ')),
    on: () => rows('on').map(([id]) => Number(id)),
    expireTickets: () => write('tickets', []),
    refuse: (operation, exception, text) => write('troubles', [[operation, exception, text]]),
    allow: () => write('troubles', []),
  };
}
