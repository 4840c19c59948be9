import { text } from '../../core/cards/card.ts';
import type { PeopleAtHand } from '../../core/find-people.ts';
import { unprotected } from '../../core/policy/lint-known.ts';
import { type Duration, dayIn } from '../../core/time.ts';
import type { DutyStore } from '../ports.ts';
import type { World } from '../world.ts';
import { announce } from './announce.ts';

/** All processes together tell the audit channel once a day; each of them logs it at its start. */
const DUTY = 'never_list';
const AT_IT: Duration = 60_000;

/** Says of entries of the `never` list that nobody in SuperOffice fits them: whoever was meant is not protected. */
export async function checkNever(
  { index, groups }: PeopleAtHand,
  duties: Pick<DutyStore, 'claim' | 'done'>,
  world: World,
): Promise<void> {
  const { policy, clock, log, holder, timeZone } = world;
  const findings = unprotected(policy, { people: index.all, groups });
  if (findings.length === 0) return;
  for (const { path } of findings) {
    log('error', 'never_matches_nobody', { path, hint: 'superoffice-logoff policy check --online' });
  }
  if (world.auditChannel === undefined) return;
  const [now, day] = [clock.now(), dayIn(clock.now(), timeZone)];
  if ((await duties.claim(DUTY, day, holder, now, now + AT_IT)) !== 'yours') return;
  await duties.done(DUTY, day, holder);
  await announce([text(findings.map(({ say }) => `never: ${say}`).join('\n'))], world);
}
