import { columns } from './archive-rows.ts';
import type { Associate } from './people.ts';
import type { World } from './world.ts';

export type Restriction = {
  readonly Name: string | undefined;
  readonly Operator: string | undefined;
  readonly Values: readonly (string | undefined)[] | undefined;
  readonly IsActive: boolean;
};

type Test = (associate: Associate, world: World) => boolean;

/** All active restrictions (joined by AND) as one test; a sentence if they cannot be used. Inactive ones count for nothing. */
export const restrictionTest = (restrictions: readonly Partial<Restriction>[]): Test | string => {
  const tests: Test[] = [];
  for (const restriction of restrictions.filter(({ IsActive }) => IsActive === true)) {
    const test = oneTest(restriction);
    if (typeof test === 'string') return test;
    tests.push(test);
  }
  if (tests.length === 0) return 'At least one restriction that is active is needed';
  return (associate, world) => tests.every((test) => test(associate, world));
};

const oneTest = ({ Name = '', Operator = '', Values = [] }: Partial<Restriction>): Test | string => {
  const value = (Values[0] ?? '').replace(/^\[[A-Z]:(.*)\]$/, '$1').toLowerCase();
  if (Name === 'getAllRows')
    return Operator === '=' && value === '1' ? () => true : 'getAllRows is used as getAllRows = 1';
  const cell = columns.get(Name);
  const matches = operators.get(Operator);
  if (cell === undefined) return `There is no column ${Name} to restrict by`;
  if (matches === undefined) return `There is no operator ${Operator}`;
  return (associate, world) =>
    matches(
      cell(associate, world)
        .replace(/^\[[A-Z]:(.*)\]$/, '$1')
        .toLowerCase(),
      value,
    );
};

const operators: ReadonlyMap<string, (cell: string, value: string) => boolean> = new Map([
  ['begins', (cell: string, value: string) => cell.startsWith(value)],
  ['contains', (cell: string, value: string) => cell.includes(value)],
  ['is', (cell: string, value: string) => cell === value],
  ['=', (cell: string, value: string) => cell === value],
]);
