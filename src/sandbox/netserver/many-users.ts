import type { Group, NewAssociate } from './people.ts';

const given =
  "Anna|Bjørn|Åse|Łukasz|Zoë|José|François|Jürgen|Nguyễn|Σοφία|Иван|美咲|민준|محمد|שרה|Séamus|D'Arcy|Jean-Luc|Ole|Kari|Per|Siri|Jane|Xi|Bjorn".split(
    '|',
  );
const family =
  'Olsen|Ås|Hansen|Müller|Święty|O’Neill|García Márquez|van der Berg|田中|김|Παπαδόπουλος|Петров|الأحمد|כהן|Doe|Lee|Sørensen|Nordmann|Þórsdóttir|Çelik|Smith'.split(
    '|',
  );

/** Full names that look like something else: markup, mentions, commands, another encoding, nothing at all. */
// biome-ignore format: a table
const odd = [
  '<!channel> & Co', '*Bold* _Nordmann_', '<@U0BOB>', 'me', 'who', 'help', 'group:Sales', '101', '"Quoted" \\ Name',
  '`rm -rf`', 'Zalgo e\u0301\u0302\u0303', '👩‍💻 Developer', '\u202Eesrever', ' two  spaces ', '', '[I:5]', ']]>', '&amp;',
];

const groupNames = [
  'Sales',
  'Support',
  'Økonomi',
  'Vertrieb & Service',
  '営業',
  'Sales',
  'IT <internal>',
  'Management',
];

/** The groups that `manyUsers` puts people into: any Unicode, and one name twice. */
export const manyGroups: readonly Group[] = groupNames.map((name, at) => ({ id: at + 1, name }));

/**
 * Made-up users, always the same ones, with ids from `firstId` on: any Unicode, many equal full names, every fifth without an e-mail address, every
 * seventeenth retired, some without a person record, some with names that look like markup or commands. Logins are all different.
 */
export const manyUsers = (count: number, firstId = 1000): readonly NewAssociate[] =>
  Array.from({ length: count }, (_, at): NewAssociate => {
    const first = given[at % given.length] ?? '';
    const last = family[Math.floor(at / 7) % family.length] ?? '';
    const withoutPerson = at % 43 === 0;
    const login = `${plain(first)}.${plain(last)}${at}`;
    return {
      id: firstId + at,
      name: login,
      userName: at % 2 === 0 ? `${login}@example.com` : login,
      fullName: at % 97 === 0 ? (odd[(at / 97) % odd.length] ?? '') : `${first} ${last}`,
      email: withoutPerson || at % 5 === 0 ? '' : `${login}@example.com`,
      groupId: (at % manyGroups.length) + 1,
      deleted: at % 17 === 0,
      ...(withoutPerson ? { personId: 0 } : {}),
    };
  });

const plain = (name: string): string => {
  const letters = name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase();
  return letters === '' ? 'user' : letters;
};
