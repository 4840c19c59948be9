import { expect, it } from 'vitest';
import { z } from 'zod';
import { projectFile } from '../architecture/source-files.ts';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(projectFile('package.json')));
const steps = Array.from(projectFile('.ci/run').matchAll(/^ *step (.+)$/gm), ([, step = '']) => step);

it('CI does what the README says first, in its words', () => {
  const [, block = ''] = /^```\n(npm ci[\s\S]*?)^```/m.exec(projectFile('README.md')) ?? [];
  const typed = block.trim().split(/\n| && /);
  expect(typed).toEqual(['npm ci', 'npm run demo', 'npm test']);
  expect(steps.filter((step) => typed.includes(step))).toEqual(typed);
});

it('CI runs each part of `npm run check`, so that a part that is added to it is not left out', () => {
  const parts = scripts['check']?.split(' && ') ?? [];
  expect(parts.length).toBeGreaterThan(4);
  expect(parts.filter((part) => !steps.includes(part))).toEqual([]);
});

it('CI calls only scripts that there are', () => {
  const called = steps.flatMap((step) => /^npm run ([\w:-]+)/.exec(step)?.[1] ?? []);
  expect(called.filter((name) => scripts[name] === undefined)).toEqual([]);
});
