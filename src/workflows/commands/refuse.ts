import { say } from '../../core/cards/answers.ts';
import { type Card, text } from '../../core/cards/card.ts';
import { explainFailure } from '../../core/cards/catalogue.ts';
import { EdgeError } from '../../core/errors.ts';
import { matchOf } from '../../core/identity.ts';
import type { AssociateId } from '../../core/ids.ts';
import type { Actor, Ask } from '../../core/inputs.ts';
import type { LeftOut, Standpoint } from '../../core/people.ts';
import type { NoteEntry, Refused, Via } from '../../core/request/entry.ts';
import type { Request } from '../../core/request/request.ts';
import type { World } from '../world.ts';

type Asked = Pick<Ask, 'who' | 'text' | 'via'> &
  Partial<Pick<Ask, 'channel' | 'requester'>> & {
    /** The rule that matched and asked for more than there was. */
    readonly rule?: string | undefined;
    /** Who was left out, where nobody was left. */
    readonly leftOut?: readonly LeftOut[];
  };

/** Says no in words and keeps the attempt in the audit. */
export async function refuse(
  input: Asked,
  code: string,
  targets: readonly AssociateId[],
  world: World,
  words = refusalWords(code, world),
): Promise<Card> {
  await noteRefusal(input, code, targets, world);
  return say(text(`${words} Nothing was done.`));
}

/** Why it cannot be done, in words. */
export function refusalWords(code: string, { policy }: Pick<World, 'policy'>, more?: string): string {
  const limit = code === 'too_many' ? ` One request holds at most ${policy.max_targets} people.` : '';
  return `${explainFailure(code).say}${limit}${more === undefined ? '' : ` ${more}`}`;
}

const MAYBE_RECORDED =
  'The records of the bot did not answer, so it is not known whether this was recorded. Look with `/logoff status` before you repeat it.';

/** What to say where the records do not answer. Slack and NetServer are asked inside `unlessSilent`. */
export function recordsTrouble(error: EdgeError, { log }: Pick<World, 'log'>): Card {
  log('error', 'command_failed', { code: error.code, executed: error.executed });
  return say(text(error.executed === 'maybe' ? MAYBE_RECORDED : explainFailure('store').say));
}

/** Keeps a refused attempt in the audit. */
export async function noteRefusal(
  { who, via, channel, text: typed, requester, rule, leftOut }: Asked,
  code: string,
  targets: readonly AssociateId[],
  world: World,
): Promise<void> {
  // Where Slack has just not answered it is not asked again.
  const refused = await whoWasRefused(who, code === 'slack' ? 'unknown' : requester, world);
  const where = channel === undefined ? {} : { channel };
  const text = typed.slice(0, 8_000);
  const by = rule === undefined ? {} : { rule };
  const out = leftOut === undefined ? {} : { leftOut: leftOut.map(({ id, code: why }) => ({ id, code: why })) };
  await note(via, { kind: 'command_refused', ...refused, ...where, text, code, targets, ...out, ...by }, world);
}

/** Keeps in the audit that somebody wanted to do something to a request and may not. */
export async function noteClickRefusal(
  { id }: Pick<Request, 'id'>,
  {
    who,
    via,
    action,
    by,
  }: { readonly who: Actor; readonly via: Via; readonly action: string; readonly by?: Standpoint },
  code: string,
  world: World,
): Promise<void> {
  const refused = await whoWasRefused(who, by, world);
  await note(via, { kind: 'click_refused', ...refused, request: id, action, code }, world);
}

const note = (via: Via, what: NoteEntry['note'], { clock, policy, requests }: World): Promise<void> =>
  requests.note({ at: clock.now(), via, policyVersion: policy.version, note: what });

/**
 * Somebody as the audit keeps them. Who has not been looked up yet is, as far as that is cheap: what Slack said a moment ago,
 * and the settings. SuperOffice is not asked for the sake of somebody who is refused.
 */
async function whoWasRefused(
  { slack, team }: Actor,
  known: Standpoint | 'unknown' | undefined,
  { directory, policy, log }: Pick<World, 'directory' | 'policy' | 'log'>,
): Promise<Refused> {
  const payload = { by: slack, team };
  if (known === 'unknown') return payload;
  if (known !== undefined) {
    const { name, match } = known.person;
    return { ...payload, name, standing: known.standing, ...(match === undefined ? {} : { match }) };
  }
  try {
    const found = await directory.person(slack);
    const isForeign = found.standing === 'member' && found.team !== team;
    const standing = isForeign ? 'stranger' : found.standing;
    const match = matchOf({ slack, standing }, policy, undefined);
    return { ...payload, name: found.name, standing, ...(match === undefined ? {} : { match }) };
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'lookup_failed', { side: 'slack', code: error.code });
    return payload;
  }
}

/** Runs a look-up; gives the code to refuse with where the other side did not answer. */
export async function unlessSilent<T extends object>(
  side: 'slack' | 'netserver',
  look: () => Promise<T>,
  { log }: Pick<World, 'log'>,
): Promise<T | string> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'lookup_failed', { side, code: error.code });
    return side === 'slack' ? 'slack' : error.code;
  }
}
