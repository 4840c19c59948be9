import { describe, expect, it, test } from 'vitest';
import { denyModal, MAX_NOTE, peopleModal } from '../../../src/core/cards/modals.ts';
import { requestId } from '../../../src/core/ids.ts';
import { everyState, open, policy, target } from '../made-up.ts';
import { lines } from './texts.ts';

const wide = policy({ max_targets: 1000 });
const many = (count: number) =>
  open({ rules: wide, targets: Array.from({ length: count }, (_, index) => target(index + 2000)) }).request;
const listed = (...of: Parameters<typeof peopleModal>) =>
  lines(peopleModal(...of).parts).filter((line) => line.startsWith('Person '));

describe('the list of everybody', () => {
  test.each([1, 49, 50, 51, 1000])('shows each of %d people exactly once over its pages', (count) => {
    const request = many(count);
    const of = peopleModal(request, 0, 'people').pages?.of ?? 1;
    expect(of).toBe(Math.ceil(count / 50));
    const all = Array.from({ length: of }, (_, page) => listed(request, page, 'people')).flat();
    expect(new Set(all).size).toBe(count);
    expect(all).toHaveLength(count);
  });

  test.each([
    [-1, 0],
    [0, 0],
    [2, 2],
    [99, 2],
  ])('page %d that is asked for is page %d', (asked, shown) =>
    expect(peopleModal(many(120), asked, 'people').pages).toEqual({ page: shown, of: 3 }),
  );

  it('can be submitted only by who came to approve, and says what that does', () => {
    const { awaiting_approval } = everyState();
    expect(peopleModal(awaiting_approval, 0, 'people')).toMatchObject({ kind: 'people', close: 'Close' });
    expect('submit' in peopleModal(awaiting_approval, 0, 'people')).toBe(false);
    const approve = peopleModal(many(1000), 0, 'approve');
    expect(approve).toMatchObject({ kind: 'approve', submit: 'Approve', title: 'Log off 1000 people?' });
    expect(lines(approve.parts)[0]).toBe(
      'Approving logs all 1000 people off the SuperOffice Windows client. Unsaved work may be lost.',
    );
  });
});

describe('titles and buttons', () => {
  it('keep to the 24 characters that Slack gives them', () => {
    const request = { ...many(1000), id: requestId(Number.MAX_SAFE_INTEGER) };
    for (const modal of [denyModal(request), peopleModal(request, 0, 'approve'), peopleModal(request, 0, 'people')]) {
      expect(modal.title.length).toBeLessThanOrEqual(24);
      expect((modal.submit ?? '').length).toBeLessThanOrEqual(24);
      expect(modal.close.length).toBeLessThanOrEqual(24);
    }
  });
  it('a denial may give a reason and need not', () =>
    expect(denyModal(many(2)).input).toMatchObject({ optional: true, max: MAX_NOTE }));
});
