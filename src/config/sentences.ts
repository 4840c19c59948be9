import { z } from 'zod';
import { durationSchema } from '../core/time.ts';
import { didYouMean } from './nearest.ts';
import type { Problem } from './problem.ts';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a set of keys with values',
  record: 'a set of keys with values',
};
const noun = (type: string) => NOUNS[type] ?? type;
const quoted = (value: unknown) => JSON.stringify(value) ?? 'nothing';

/** "a", "a or b", "a, b or c". */
const either = (words: readonly string[]) => words.join(', ').replace(/, (?=[^,]*$)/, ' or ');

/** What an option of a union takes, in a few letters. */
function describeOption(option: unknown): string {
  if (option instanceof z.ZodLiteral) return either([...option.values].map(quoted));
  if (option instanceof z.ZodArray) return 'a list';
  if (option instanceof z.ZodObject) {
    return `{ ${Object.keys(option.shape)
      .map((key) => `${key}: …`)
      .join(', ')} }`;
  }
  return option instanceof z.ZodNumber ? 'a whole number' : 'a text';
}

const literals = (union: z.ZodUnion): readonly string[] =>
  union.options.flatMap((option) => (option instanceof z.ZodLiteral ? [...option.values].map(String) : []));

function wrongType(issue: Extract<RawIssue, { code: 'invalid_type' }>): string {
  const { input } = issue;
  if (input === undefined) return 'is missing: add it';
  if (input === null) return 'is empty: give it a value or remove the line';
  if (issue.inst === durationSchema.in) return 'needs its unit: write 30s, 10m, 2h or 7d';
  if (issue.expected === 'string') return 'must be a text: put it in quotes';
  return `must be ${noun(issue.expected)}`;
}

function wrongSize(issue: Extract<RawIssue, { code: 'too_small' | 'too_big' }>): string {
  const [word, limit] = issue.code === 'too_small' ? ['at least', issue.minimum] : ['at most', issue.maximum];
  if (issue.origin === 'string') return limit === 1 ? 'must not be empty' : `must be ${word} ${limit} letters long`;
  if (issue.origin === 'array') return limit === 1 ? 'must not be an empty list' : `must hold ${word} ${limit} things`;
  return `must be ${word} ${limit}`;
}

/** Puts zod's findings into sentences that say what to do; a sentence that a schema brings itself stands. */
export const sentence = (issue: RawIssue): string | undefined => {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue);
    case 'too_small':
    case 'too_big':
      return wrongSize(issue);
    case 'invalid_value': {
      const values = issue.values.map(String);
      const hint = typeof issue.input === 'string' ? didYouMean(issue.input, values) : '';
      return `must be ${either(issue.values.map(quoted))}${hint}`;
    }
    case 'invalid_union': {
      if (issue.input === null) return 'is empty: give it a value or remove the line';
      if (issue.input === undefined) return 'is missing: add it';
      if (!(issue.inst instanceof z.ZodUnion)) return undefined;
      const hint = typeof issue.input === 'string' ? didYouMean(issue.input, literals(issue.inst)) : '';
      return `must be ${issue.inst.options.map(describeOption).join(' or ')}${hint}`;
    }
    case 'unrecognized_keys': {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
      // One line for each key, in their order: `findings` takes them apart again.
      return issue.keys.map((key) => `is not a key that is known here${didYouMean(key, known)}`).join('\n');
    }
    default:
      return undefined;
  }
};

const isAboutTheWhole = (issue: z.core.$ZodIssue) =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

/** All findings of one check, one problem each. Of a union's branches only the one that was meant speaks. */
export function findings(issues: readonly z.core.$ZodIssue[], under: Problem['path'] = []): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const path = [...under, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
    if (issue.code === 'unrecognized_keys') {
      const messages = issue.message.split('\n');
      return issue.keys.map((key, index) => ({
        path: [...path, key],
        message: messages[index] ?? issue.message,
        onKey: true,
      }));
    }
    if (issue.code === 'invalid_key') {
      return [{ path, message: issue.issues[0]?.message ?? issue.message, onKey: true }];
    }
    if (issue.code === 'invalid_union') {
      const meant = issue.errors.find((branch) => branch.length > 0 && !branch.some(isAboutTheWhole));
      return meant === undefined ? [{ path, message: issue.message }] : findings(meant, path);
    }
    return [{ path, message: issue.message }];
  });
}
