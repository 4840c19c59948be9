import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SOON } from '../e2e/cast.ts';
import { openTown, type Town } from '../e2e/town.ts';
import { pingsIn } from '../faults/pings.ts';
import { anyCommand, bounded, COMMANDS } from './nasty.ts';

/** How an answer says no; and that each of these says what to type, whom to ask, or who was left out and why. */
const SAYS_NO = /Nothing was done\.|There is no/;
const SAYS_WHAT_TO_DO =
  /`\/logoff|Type (?:it|a|the)|Pick the|[Aa]sk (?:your|one of|somebody)|Left out|You cancelled|Choose /;

/** Types it as it stands, also with what Slack itself would have escaped, and looks at everything that came of it. */
async function typesRaw({ bob, slack, netserver, quiet, log }: Town, text: string, n: number): Promise<void> {
  // Each has a response_url of its own, which Slack takes five times.
  const { delivery } = await bob.say('/logoff status 99');
  if (delivery === undefined) throw new Error('nothing was sent');
  const before = { slack: slack.journal.calls().length, log: log.length, line: slack.transcript('C0HELPDESK') };
  const payload = { ...delivery.payload, text, trigger_id: `1.${n}` };
  expect(await slack.deliver({ ...delivery, payload })).toMatchObject({ acknowledged: true });
  await quiet();

  for (const { args } of slack.journal.calls().slice(before.slack)) expect(pingsIn(args)).toEqual([]);
  expect(netserver.calls('LogOffWindowsUsers')).toEqual([]);
  expect(log.slice(before.log).filter((line) => /"level":"error"/.test(line))).toEqual([]);
  const answered = slack.transcript('C0HELPDESK') !== before.line;
  // Where it opens a window, this trigger opens none.
  expect(answered, JSON.stringify(text)).toBe(true);
  const told = bob.told();
  // What became of an earlier request is no answer that says no.
  const isAbout = /^Request \d+(?::\n| is already finished: | has already been decided: )/.test(told);
  if (!isAbout && SAYS_NO.test(told)) expect(told, JSON.stringify(text)).toMatch(SAYS_WHAT_TO_DO);
}

it('whatever is typed is acknowledged and answered, calls nobody, and asks SuperOffice for nothing that was not checked', async () => {
  const town = await openTown('socket', { settings: [SOON] });
  town.provoked('views.open invalid_trigger_id', 'users.info user_not_found');
  let n = 0;
  const types = (text: string) => typesRaw(town, text, ++n);
  for (const text of COMMANDS) await types(text);
  await fc.assert(fc.asyncProperty(anyCommand, types), bounded(120));
  // The bot still does its work: SuperOffice had nothing to complain about when the test ends.
  await town.bob.say('/logoff 104 reason: afterwards');
  expect(town.slack.transcript('C0HELPDESK')).toMatch(/waiting for approval/);
});
