import { expect, test } from 'vitest';
import { DEATHS } from './everyone.ts';
import { EVERY_OF_EVERYONE, MUST_OF_EVERYONE, missingOf, quickShare } from './quick.ts';

const both = (label: string) => (['before', 'after'] as const).map((when) => ({ label, when }));
const others = Array.from({ length: 18 }, (_, at) => both(`write drawn card, ${at}`)).flat();
const must = ['write new request', 'write approved', 'write dispatching', 'write verifying'].flatMap(both);
const calls = both('LogOffWindowsUsers, 1st when approved');

test('the short run has every point around the call in it, wherever they stand, and every ninth of the rest', () => {
  for (let at = 0; at <= others.length; at += 1) {
    const share = quickShare([...others.slice(0, at), ...must, ...calls, ...others.slice(at)]);
    expect(share).toEqual(expect.arrayContaining([...must, ...calls]));
    expect(share).toHaveLength(must.length + calls.length + others.length / 9);
    expect(missingOf(share)).toEqual([]);
  }
});

test('the short run misses what is called otherwise by now, or has one side only', () => {
  expect(missingOf([...must, ...both('LogOffUsers, 1st when approved')])).toEqual([
    'before LogOffWindowsUsers',
    'after LogOffWindowsUsers',
  ]);
  expect(missingOf([...must.slice(1), ...calls])).toEqual(['before write new request']);
});

test('of the lives in which everyone is logged off the short run has the deaths around the call', () => {
  expect(missingOf(DEATHS)).toEqual([]);
  const share = quickShare(DEATHS, MUST_OF_EVERYONE, EVERY_OF_EVERYONE);
  expect(missingOf(share, MUST_OF_EVERYONE)).toEqual([]);
  expect(share).toHaveLength(4);
});
