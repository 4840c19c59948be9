import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { requestCard, type View } from '../../../src/core/cards/request-cards.ts';
import type { Request } from '../../../src/core/request/request.ts';
import { bob, EARLY, follow, ola, open, policy, target } from '../made-up.ts';
import { actions, buttonRows, lines } from './texts.ts';

const nobody: View = { approvers: [], others: [] };
const wide = policy({ max_targets: 1000 });
const many = (count: number, more: Parameters<typeof target>[1] = {}) =>
  open({ rules: wide, targets: Array.from({ length: count }, (_, index) => target(index + 2000, more)) }).request;

describe('1 to 1,000 people', () => {
  const approveOn = (record: Request) =>
    buttonRows(requestCard(record, nobody))
      .flat()
      .find(({ action }) => action === 'approve');

  test.each([1, 2, 5])('%d: Approve asks back in a dialog that names them', (count) => {
    const confirm = approveOn(many(count))?.confirm;
    const last = 2000 + count - 1;
    expect(confirm?.text).toContain(`Person ${last} (login${last}, id ${last})`);
    expect(confirm?.text).toContain('Unsaved work may be lost.');
  });
  test.each([6, 20, 1000])('%d: Approve has no dialog, since a modal lists them', (count) => {
    expect(approveOn(many(count))).toBeDefined();
    expect(approveOn(many(count))?.confirm).toBeUndefined();
  });
  test.each([1, 20, 21, 1000])('%d: twenty are listed, and a count of the rest', (count) => {
    const told = lines(requestCard(many(count), nobody).parts);
    expect(told.filter((line) => line.startsWith('Person '))).toHaveLength(Math.min(20, count));
    expect(told.includes(`and ${count - 20} more`)).toBe(count > 20);
    expect(told).toContain(`Request 17: log off ${count === 1 ? '1 person' : `${count} people`}`);
  });
  it('an ended card of more than twenty still shows everyone', () => {
    const denied = follow(many(21), [[EARLY, { kind: 'deny', by: ola }]], wide);
    expect(actions(requestCard(denied, nobody))).toEqual([['show_everyone']]);
  });
  it('the dialog keeps to 300 characters, and names who fits and how many more', () => {
    const long = many(5, { fullName: 'A'.repeat(80) });
    expect(approveOn(long)?.confirm?.text).toMatch(/ \+[1-4] will be logged off/);
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 400, unit: 'grapheme' }), { minLength: 1, maxLength: 5 }),
        (names) => {
          const { request } = open({
            rules: wide,
            targets: names.map((fullName, index) => target(2000 + index, { fullName })),
          });
          const confirm = approveOn(request)?.confirm;
          expect(confirm?.text.length).toBeLessThanOrEqual(300);
          expect(confirm?.text).toContain('Unsaved work may be lost.');
          expect(confirm?.title.length).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
  it('people without a name, and retired ones, are still told apart', () => {
    const { request } = open({
      requester: bob,
      targets: [target(101, { fullName: ' ', retired: true }), target(102, { fullName: '', login: '' })],
    });
    expect(lines(requestCard(request, nobody).parts)).toEqual(
      expect.arrayContaining([
        'login101 (login101, id 101, group 7) (retired user): logged on now',
        'somebody without a name (id 102, group 7): logged on now',
      ]),
    );
  });
});
