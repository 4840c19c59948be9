import type { DirectoryPerson } from '../../src/core/directory.ts';
import { aid } from './made-up.ts';

/** Somebody of the directory; what is not given is empty. */
export const listed = (id: number, fullName: string, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  id: aid(id),
  login: '',
  userName: '',
  fullName,
  email: '',
  group: 'Sales',
  retired: false,
  ...more,
});

export const JANE = listed(102, 'Jane Doe', { login: 'jane.doe', userName: 'jane.doe', email: 'jane@example.com' });
export const BJORN = listed(103, 'Bjørn Åsen', { login: 'bjorn', userName: 'BA', email: 'ba@example.com' });
export const ALI = listed(104, 'Ali Doe', { login: 'AD', group: 'HR' });
export const NAMESAKE = listed(105, 'JANE  DOE', { login: 'jd', email: 'jane.d@example.com', group: 'HR' });

/** Many people, every one with a name of their own. */
export const crowd = (count: number): readonly DirectoryPerson[] =>
  Array.from({ length: count }, (_, index) => {
    const id = 1_000 + index;
    const word = id.toString(26).replace(/[0-9]/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? 'q');
    const login = `u${word}`;
    return listed(id, `Person ${word} Overthemountain`, { login, userName: login, email: `${login}@example.com` });
  });
