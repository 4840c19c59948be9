import { describeServer, noSuchRequest, refusalCard, say, statusLine, statusList } from '../../core/cards/answers.ts';
import { type Card, text } from '../../core/cards/card.ts';
import { denials, explainFailure } from '../../core/cards/catalogue.ts';
import { describeStatus, requestLabel } from '../../core/cards/ending.ts';
import { helpCard } from '../../core/cards/help-card.ts';
import { requestCard } from '../../core/cards/request-cards.ts';
import { reviewedCard } from '../../core/cards/reviewed-card.ts';
import type { RequestId } from '../../core/ids.ts';
import type { SlashInput } from '../../core/inputs.ts';
import type { Standpoint } from '../../core/people.ts';
import { mayLookBack, mayPause, maySeeWho, rulesFor } from '../../core/policy/powers.ts';
import { hasHeard } from '../../core/request/place.ts';
import type { Request } from '../../core/request/request.ts';
import { isSurelySamePerson } from '../../core/request/review.ts';
import type { Reconciler } from '../dispatch/reconcile.ts';
import { viewOf } from '../drawing/card-view.ts';
import { logOnTrouble } from '../people/log-on-trouble.ts';
import { withMatch } from '../people/standpoint.ts';
import { apply, whyIdle } from '../records.ts';
import type { World } from '../world.ts';
import { noteClickRefusal, unlessSilent } from './refuse.ts';

/** So many open requests are looked through for those that concern somebody. */
const LOOKED_THROUGH = 500;

export const showHelp = (who: Standpoint, { policy }: Pick<World, 'policy'>): Card =>
  withUnread(
    who,
    helpCard({
      rules: rulesFor(policy, who),
      isTied: who.person.match?.permits === true,
      maxTargets: policy.max_targets,
      mayPause: mayPause(policy, who),
      maySeeWho: maySeeWho(policy, who),
      mayLookBack: mayLookBack(policy, who),
    }),
  );

/** Says below a card that there may be more for this person, where Slack did not tell who is in a user group. */
export const withUnread = ({ unread }: Standpoint, card: Card): Card =>
  unread === undefined
    ? card
    : { ...card, parts: [...card.parts, { kind: 'note', text: [text(denials.groups_unread.say)] }] };

/** One request, or the open ones, as far as this person may see them. For others there is no such request. */
export async function showStatus(number: RequestId | undefined, asker: Standpoint, world: World): Promise<Card> {
  const who = await seer(asker, world);
  if (number === undefined) {
    const open = await world.requests.listOpen(LOOKED_THROUGH);
    const mine = open
      .filter((request) => request.everyone !== undefined || maySeePeople(request, who, world))
      .filter((request) => maySee(request, who, world));
    const pause = await world.pauses.current();
    if (!mayAct(who, world)) {
      const { reason: _, ...bare } = pause ?? {};
      return statusList(mine, undefined, 'by' in bare ? bare : undefined);
    }
    // What is remembered of the server looks well also while the bot cannot log on there.
    const facts = world.netserver.serverFacts().catch(() => undefined);
    const [server, trouble] = await Promise.all([facts, logOnTrouble(world)]);
    return statusList(mine, describeServer(server, trouble), pause);
  }
  const request = await world.requests.read(number);
  if (request === undefined) return noSuchRequest(number);
  if (!maySee(request, who, world)) {
    const attempt = { who: who.person, via: 'command', action: 'status', by: who } as const;
    await noteClickRefusal(request, attempt, 'not_yours_to_see', world);
    return noSuchRequest(number);
  }
  const { approvers, others, denied = [] } = await viewOf(request, world);
  const visible = <R extends Request>(list: readonly R[]) => list.filter((other) => maySee(other, who, world));
  const part = partIn(request, who, world);
  const isForConcerned = part === 'target' || part === 'told';
  const isAlone = isForConcerned && !maySeePeople(request, who, world);
  const view = { approvers, others: visible(others), denied: visible(denied), isForConcerned, isAlone };
  const { parts } = requestCard(request, view);
  const summary =
    isAlone && part === 'told' ? [...requestLabel(request), ...describeStatus(request)] : statusLine(request);
  return { summary, parts: parts.filter(({ kind }) => kind !== 'buttons') };
}

/** Whether some rule lets this person do something: only they are told how SuperOffice and the bot are. */
const mayAct = (who: Standpoint, { policy }: World): boolean =>
  rulesFor(policy, who).length > 0 || mayPause(policy, who);

/** Whoever looks, with whom they are in SuperOffice as far as Slack and SuperOffice tell. */
export async function seer(asker: Standpoint, world: World): Promise<Standpoint> {
  const who = await unlessSilent('slack', () => withMatch(asker, world), world);
  return typeof who === 'string' ? asker : who;
}

/**
 * Requester, approvers, those to be logged off, and whom the settings let look at the history. To be shown something is a
 * right: an e-mail address that others can edit does not give it. Whoever the bot wrote to about it knows of it already.
 */
export const maySee = (request: Request, who: Standpoint, world: Pick<World, 'policy'>): boolean =>
  partIn(request, who, world) !== undefined;

/** Who may read who else is meant: where everyone is, not all who are on, and nobody whom an e-mail address alone ties to it. */
export function maySeePeople(request: Request, who: Standpoint, world: Pick<World, 'policy'>): boolean {
  const part = partIn(request, who, world);
  if (part === 'told') return request.everyone === undefined && request.targets.length === 1;
  return part !== undefined && (request.everyone === undefined || part !== 'target');
}

/** As whom somebody may look at a request: where they are several things, as the one who may read the most. */
function partIn(
  request: Request,
  who: Standpoint,
  { policy }: Pick<World, 'policy'>,
): 'requester' | 'reader' | 'target' | 'told' | undefined {
  if (who.standing !== 'member') return undefined;
  if (isSurelySamePerson(request.requester, who.person)) return 'requester';
  const names = [...request.demand.approvers, ...policy.may_see.history];
  if (names.some((name) => who.groups.includes(name))) return 'reader';
  const { match } = who.person;
  const isTarget = match?.permits === true && request.targets.some(({ id }) => id === match.associate);
  if (isTarget) return 'target';
  return hasHeard(request, who.person.slack) ? 'told' : undefined;
}

/** `/logoff cancel 17`, or the Cancel button: taken back or stopped until NetServer is asked. */
export async function cancelByCommand(
  number: RequestId,
  asker: Standpoint,
  input: SlashInput,
  world: World,
  reconciler: Reconciler,
): Promise<Card> {
  const who = await seer(asker, world);
  const request = await world.requests.read(number);
  if (request === undefined) return noSuchRequest(number);
  const attempt = { who: input.who, via: input.via, action: 'cancel', by: who } as const;
  if (!maySee(request, who, world)) {
    await noteClickRefusal(request, attempt, 'not_yours_to_see', world);
    return noSuchRequest(number);
  }
  const idle = await whyIdle(world);
  if (idle !== undefined) {
    await noteClickRefusal(request, attempt, idle, world);
    return say(text(explainFailure(idle).say));
  }
  const result = await apply(number, { kind: 'cancel', by: who }, input.via, world);
  if (result === undefined) return noSuchRequest(number);
  reconciler.wake(number, input.via);
  if (result.ok) return reviewedCard(result.request, 'cancel');
  await noteClickRefusal(result.request, attempt, result.refusal, world);
  return refusalCard(result.refusal, result.request, 'cancel');
}
