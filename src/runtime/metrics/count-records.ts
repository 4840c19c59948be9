import { denials } from '../../core/cards/catalogue.ts';
import type { NoteEntry, RequestEntry } from '../../core/request/entry.ts';
import { isOpen, type Request } from '../../core/request/request.ts';
import type { RequestStore } from '../../workflows/ports.ts';
import type { Instruments } from './instruments.ts';

type Counted = Pick<Instruments, 'decisions' | 'refusals' | 'endings' | 'dispatches' | 'people' | 'verification'>;

/**
 * The records with a count of what this process has written into them: decisions, dispatches and outcomes are what the
 * audit says they are. What was not written, or may not have been, is not counted.
 */
export function countRecords<R extends Pick<RequestStore, 'open' | 'save' | 'note'>>(requests: R, counted: Counted): R {
  return {
    ...requests,
    async open(key, make, asked) {
      let entries: readonly RequestEntry[] = [];
      const keep: typeof make = (id, counts) => {
        const made = make(id, counts);
        entries = made.entries;
        return made;
      };
      const opened = await requests.open(key, keep, asked);
      if (opened.fresh) countEntries(entries, opened.request, counted);
      return opened;
    },
    async save(before, request, entries, ...rest) {
      const saved = await requests.save(before, request, entries, ...rest);
      if (saved) countEntries(entries, request, counted);
      return saved;
    },
    async note(entry) {
      await requests.note(entry);
      countNote(entry, counted);
    },
  };
}

function countEntries(entries: readonly RequestEntry[], request: Request, counted: Counted): void {
  for (const entry of entries) countFact(entry, request, counted);
  if (isOpen(request) || entries.length === 0) return;
  counted.endings.inc({ ending: request.status });
  if (request.status !== 'done' && request.status !== 'unknown') return;
  for (const { outcome } of request.results) counted.people.inc({ outcome: outcome.kind });
}

function countFact({ at, fact }: RequestEntry, request: Request, counted: Counted): void {
  switch (fact.kind) {
    case 'opened':
      counted.decisions.inc({ rule: fact.rule, effect: fact.demand.approvals === 0 ? 'allow' : 'needs_approval' });
      return;
    case 'call_accepted':
      counted.dispatches.inc({ outcome: 'accepted' });
      return;
    case 'call_unknown':
      counted.dispatches.inc({ outcome: 'unknown' });
      return;
    case 'call_not_made':
      counted.dispatches.inc({ outcome: 'not_made' });
      return;
    case 'failed':
      counted.dispatches.inc({ outcome: 'failed' });
      return;
    case 'verified':
      if ('calledAt' in request && request.calledAt !== undefined)
        counted.verification.observe(Math.max(0, at - request.calledAt) / 1_000);
      return;
    default:
      return;
  }
}

function countNote({ note }: NoteEntry, counted: Counted): void {
  if (note.kind === 'click_refused') counted.refusals.inc({ what: 'click', code: note.code });
  if (note.kind !== 'command_refused') return;
  counted.refusals.inc({ what: 'command', code: note.code });
  if (isByRule(note.code)) counted.decisions.inc({ rule: '', effect: 'deny' });
}

/** What the rules refused, and not Slack's or SuperOffice's silence. */
const isByRule = (code: string): boolean => Object.hasOwn(denials, code) || /^reason_(?:missing|unfit)$/.test(code);
