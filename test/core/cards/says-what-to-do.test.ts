import { describe, expect, it, test } from 'vitest';
import { describeServer } from '../../../src/core/cards/answers.ts';
import { denials, explainFailure, failures, refusals } from '../../../src/core/cards/catalogue.ts';
import { whenCard } from '../../../src/core/cards/everyone.ts';
import type { WhenCode } from '../../../src/core/when.ts';
import { answers } from '../../../src/slack/words.ts';
import { words } from './texts.ts';

/** A verb at the start of a clause that tells somebody to do something, or that there is nothing to do. */
const INSTRUCTION =
  /(?:^|[.;,:] (?:and |so )?|please )(?:Ask|Choose|Leave|Log|Look|Make|Move|Name|Open|Save|See|Tell|Try|Type|Wait|ask|leave|tell|try)\b|`\/logoff|must (?:approve|decide)|You can (?:ask|cancel)|Approvers can deny|need not do anything/;

describe('a sentence that says no also says what to do, or that nothing need be done', () => {
  // What is left out stands in a list, as a part of a sentence.
  test.each(Object.entries({ ...failures, ...refusals, ...denials }))('%s', (_code, { say }) =>
    expect(say).toMatch(INSTRUCTION),
  );
  test.each<WhenCode>(['no_such_day', 'time_skipped', 'time_twice', 'time_past', 'time_too_far'])('%s', (code) =>
    expect(words(whenCard(code, 'Europe/Oslo').summary)).toMatch(INSTRUCTION),
  );
  const { working: _, ...noes } = answers;
  test.each(Object.entries(noes))('at the edge to Slack: %s', (_name, { summary }) =>
    expect(words(summary)).toMatch(INSTRUCTION),
  );
  test.each(Object.entries({ ...failures, ...refusals, ...denials }))('%s says nothing twice', (_code, { say }) =>
    expect(say.match(/[Nn]othing was done/g)?.length ?? 0).toBeLessThan(2),
  );
});

describe('how SuperOffice is', () => {
  const facts = { version: '8.5.1', services: 86, windowsClient: 'yes', missingRights: [] } as const;
  it('says first that the bot cannot log on, whatever was known before', () => {
    const cannot = 'The bot cannot log on to SuperOffice. Tell your CRM administrator.';
    expect(describeServer(facts, 'backing_off')).toBe(`${cannot} Last known: SuperOffice 8.5.1, web services 86.`);
    expect(describeServer(undefined, 'credentials')).toBe(cannot);
    expect(cannot).toBe(explainFailure('credentials').say);
  });
  it('says that SuperOffice does not answer, with what was known before', () => {
    const silent = 'SuperOffice does not answer at the moment.';
    expect(describeServer(undefined)).toBe(silent);
    expect(describeServer(facts, 'timeout')).toBe(`${silent} Last known: SuperOffice 8.5.1, web services 86.`);
    expect(describeServer(facts)).toBe('SuperOffice 8.5.1, web services 86.');
  });
});
