import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadPolicy } from '../../src/config.ts';
import { lintPolicy } from '../../src/core/policy/lint.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { differingCases, policyCasesSchema } from '../../src/core/policy/policy-cases.ts';
import { projectFile } from '../architecture/source-files.ts';
import { sectionOf } from './pages.ts';

const blocks = Array.from(
  sectionOf('docs/policy.md', 'Three recipes').matchAll(/^```yaml\n([\s\S]*?)^```/gm),
  ([, block = '']): unknown => parse(block),
);

/** The example with what the recipe says in its place, read as the bot reads it. */
function policyWith(recipe: unknown): Policy {
  const text = stringify(Object.assign({}, parse(projectFile('logoff.example.yml')), recipe));
  const loaded = loadPolicy('logoff.yml', () => Buffer.from(text));
  if (!loaded.ok) throw new Error(loaded.report);
  return loaded.policy;
}

const RECIPES = [
  [
    'lets the helpdesk unlock one person alone, with a reason',
    [
      { user: 'U0BOB', targets: [103], reason: 'locked out', expect: 'allow', approvals: 0 },
      { user: 'U0BOB', targets: [103], expect: 'deny' },
      { user: 'U0BOB', targets: [103, 104], reason: 'locked out', expect: 'deny' },
      { user: 'U0ANNA', targets: [103], reason: 'locked out', expect: 'deny' },
    ],
  ],
  [
    'asks the person first, or somebody else',
    [
      { user: 'U0BOB', targets: [103], expect: 'needs_approval', approvals: 1 },
      { user: 'U0BOB', targets: [103, 104], expect: 'deny' },
    ],
  ],
  [
    'lets a lead log everyone off with the approval of another one',
    [
      { user: 'U0ALICE', targets: 'everyone', reason: 'upgrade', expect: 'needs_approval', approvals: 1 },
      { user: 'U0BOB', targets: 'everyone', reason: 'upgrade', expect: 'deny' },
    ],
  ],
] as const;

describe('each recipe of the page about rules', () => {
  it.each(RECIPES.map(([what, cases], at) => ({ what, cases, at })))('$what', ({ cases, at }) => {
    expect(blocks).toHaveLength(RECIPES.length);
    const policy = policyWith(blocks[at]);
    expect(differingCases(policy, policyCasesSchema.parse(cases))).toEqual([]);
    // The recipe alone does not use all sets of the example.
    expect(lintPolicy(policy).filter(({ code }) => code !== 'unused_people')).toEqual([]);
  });

  it.each(RECIPES.map(([what], at) => ({ what, at })))('can be put above the rules of the example: $what', ({ at }) => {
    const example = policyWith({});
    const recipe = policyWith(blocks[at]).rules;
    const isReplaced = (name: string) => name === 'leads' && recipe.some(({ name: own }) => own === 'maintenance');
    const both: Policy = { ...example, rules: [...recipe, ...example.rules.filter(({ name }) => !isReplaced(name))] };
    expect(lintPolicy(both).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
