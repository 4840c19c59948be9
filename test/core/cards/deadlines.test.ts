import { expect, it } from 'vitest';
import { reminderCard, toldCard } from '../../../src/core/cards/afterwards.ts';
import type { Card } from '../../../src/core/cards/card.ts';
import { consentCard } from '../../../src/core/cards/consent-card.ts';
import { lineCard } from '../../../src/core/cards/line-card.ts';
import { requestCard } from '../../../src/core/cards/request-cards.ts';
import { reviewedCard } from '../../../src/core/cards/reviewed-card.ts';
import { warningCard } from '../../../src/core/cards/warning-cards.ts';
import { renderCard } from '../../../src/slack/render.ts';
import { aid, alice, EARLY, everyState, inState, MINUTE, NOON, ola, target } from '../made-up.ts';
import { drawn } from './drawn.ts';

const records = everyState({ targets: [target(101), target(103)] });
const DAY = 24 * 60 * MINUTE;
const people = [{ id: aid(101), at: EARLY, snoozes: 0 }];
const held = { by: ola.person, since: NOON };

/** Each card that names a moment to come, with that moment so much later than noon. */
const cards = (ahead: number): Readonly<Record<string, Card>> => {
  const until = NOON + ahead;
  const waiting = { ...inState(records.awaiting_approval, 'awaiting_approval'), expiresAt: until };
  const approved = { ...inState(records.approved, 'approved'), dispatchBy: until };
  const warning = {
    ...inState(records.warning, 'warning'),
    ...{ until, dispatchBy: until, warned: { for: ahead, people } },
  };
  return {
    'the approvals': requestCard(waiting, { approvers: [], others: [] }),
    'the reminder': reminderCard(waiting, []),
    'the agreement': consentCard(waiting),
    'the line': lineCard(approved),
    'the line in a pause': lineCard({ ...approved, held }),
    'the warning': warningCard(warning, aid(101), NOON),
    'the warning on the card': requestCard(warning, { approvers: [], others: [] }),
    'the warning, of one who is ready': warningCard(
      { ...warning, warned: { for: ahead, people: people.map((one) => ({ ...one, ready: true as const })) } },
      aid(101),
      NOON,
    ),
    'more time': reviewedCard(warning, 'snooze'),
    'the approval in a pause': reviewedCard(approved, 'approve', held),
    'what ran out': lineCard({ ...inState(records.expired, 'expired'), deadline: until }),
    'what was denied': lineCard({ ...inState(records.denied, 'denied'), endedAt: until }),
    'what became of it': toldCard(
      {
        ...inState(records.done, 'done'),
        calledAt: until,
        results: [{ id: aid(101), outcome: { kind: 'gone' } }],
      },
      aid(101),
    ),
  };
};

it.each(Object.entries(cards(DAY)))('%s names the day of what is a day away', (_name, card) => {
  expect(drawn(card)).toContain('2026-11-23T12:00');
  expect(renderCard(card, 'Europe/Oslo').text).toContain('23 Nov 2026, 13:00 CET');
});

it.each(Object.entries(cards(60 * MINUTE)))('%s names the hour alone of what is an hour away', (_name, card) => {
  expect(drawn(card)).toContain('13:00');
  expect(drawn(card)).not.toContain('2026-11-22T13:00');
});

it('an approval that was given on another day has its day', () => {
  const { approvals: _, ...done } = inState(records.done, 'done');
  const late = { ...done, approvals: [{ by: alice.person, at: NOON + DAY }] };
  expect(drawn(requestCard(late, { approvers: [], others: [] }))).toContain('1 of 1: @alice at 2026-11-23T12:00');
});
