import { describe, expect, it, test } from 'vitest';
import { requestId } from '../../../src/core/ids.ts';
import { type Fact, type RequestEntry, requestEntrySchema } from '../../../src/core/request/entry.ts';
import { evolve, replay } from '../../../src/core/request/evolve.ts';
import { type Request, requestSchema } from '../../../src/core/request/request.ts';
import { alice, EARLY, everyState, firstOf, open } from '../made-up.ts';

const entry = (request: Request, fact: Fact, more: Partial<RequestEntry> = {}): RequestEntry => ({
  at: EARLY,
  via: 'button',
  policyVersion: 'aaaaaaaaaaaa',
  request: request.id,
  version: request.version + 1,
  fact,
  ...more,
});
const approved: Fact = { kind: 'approved', dispatchBy: EARLY };

describe('the audit', () => {
  const { request, entries } = open();

  it('of nothing is nothing', () => expect(replay([])).toBeUndefined());
  it('gives the record back', () => expect(replay(entries)).toEqual(request));

  test.each<[string, readonly RequestEntry[]]>([
    ['that does not start at the opening', [entry(request, approved)]],
    ['that opens a request twice', [...entries, ...entries]],
    ['with an entry of another request', [...entries, entry(request, approved, { request: requestId(18) })]],
    ['with a gap', [...entries, entry(request, approved, { version: 3 })]],
    [
      'that goes back',
      [
        ...entries,
        entry(request, approved, { version: 2 }),
        entry(request, { kind: 'aborted', code: 'x' }, { version: 1 }),
      ],
    ],
  ])('%s is corrupt', (_name, history) => expect(() => replay(history)).toThrow());
});

describe('what can follow', () => {
  const records = everyState();
  const by = alice.person;
  const ended = ['done', 'unknown', 'failed', 'denied', 'cancelled', 'expired', 'aborted'] as const;
  const resurrections: readonly Fact[] = [
    { kind: 'approval_given', by },
    approved,
    { kind: 'denied', by },
    { kind: 'cancelled', by },
    { kind: 'aborted', code: 'x' },
    { kind: 'failed', code: 'x' },
    { kind: 'expired', was: 'approval', deadline: EARLY },
    { kind: 'seen', sightings: [] },
  ];
  test.each(ended)('nothing follows %s', (status) => {
    for (const fact of resurrections)
      expect(() => evolve(records[status], entry(records[status], fact))).toThrow(/cannot follow/);
  });

  it('an approval is not given to what is approved, nor a call noted that nobody claimed', () => {
    expect(() => evolve(records.approved, entry(records.approved, { kind: 'approval_given', by }))).toThrow();
    expect(() => evolve(records.approved, entry(records.approved, { kind: 'call_accepted' }))).toThrow();
    expect(() =>
      evolve(
        records.awaiting_approval,
        entry(records.awaiting_approval, { kind: 'verified', ending: 'done', results: [] }),
      ),
    ).toThrow();
  });
});

describe('what is stored', () => {
  test.each(Object.entries(everyState({ reason: 'R&D "x"\n' })))(
    'a record in %s reads back as it was',
    (_state, record) => {
      expect(requestSchema.parse(JSON.parse(JSON.stringify(record)))).toStrictEqual(record);
    },
  );
  it('an entry reads back as it was', () => {
    for (const one of open({ leftOut: [{ id: firstOf(open().request).id, code: 'never_list' }] }).entries) {
      expect(requestEntrySchema.parse(JSON.parse(JSON.stringify(one)))).toStrictEqual(one);
    }
  });
});
