import type { PolicyDiff } from '../policy/diff.ts';
import { CHANGE_KINDS } from '../policy/diff-words.ts';
import { bold, type Card, type Part, type Text, text } from './card.ts';

/** How many changes of one kind a message holds; the command line shows all. */
const LISTED = 15;

/**
 * Says in the audit channel that other rules are in force, and what they decide otherwise. `diff` is absent where the
 * old ones cannot be read.
 */
export function policyCard(before: string, now: string, diff: PolicyDiff | undefined): Card {
  const summary: Text = [text(`The rules ${now} are in force now, in place of ${before}. `)];
  if (diff === undefined)
    return plain(summary, 'What they change is not known: the old ones were not kept in a form that can be read.');
  if (diff.changes.length === 0) return plain(summary, 'They say the same; something else in the settings changed.');
  const parts = CHANGE_KINDS.flatMap((kind): readonly Part[] => {
    const found = diff.changes.filter((change) => change.kind === kind);
    if (found.length === 0) return [];
    const more: readonly Text[] =
      found.length > LISTED ? [[text(`and ${found.length - LISTED} more: see "policy diff" on the command line`)]] : [];
    return [
      { kind: 'paragraph', text: [bold(`${kind[0]?.toUpperCase()}${kind.slice(1)}`)] },
      { kind: 'list', items: [...found.slice(0, LISTED).map(({ say }): Text => [text(say)]), ...more] },
    ];
  });
  const partial: readonly Part[] = diff.isComplete
    ? []
    : [{ kind: 'note', text: [text('These rules are too large to compare every case: there may be more.')] }];
  return { summary, parts: [{ kind: 'paragraph', text: summary }, ...parts, ...partial] };
}

const plain = (summary: Text, words: string): Card => ({
  summary: [...summary, text(words)],
  parts: [{ kind: 'paragraph', text: [...summary, text(words)] }],
});
