import { say } from '../../core/cards/answers.ts';
import { text } from '../../core/cards/card.ts';
import { notTiedCard } from '../../core/cards/chooser.ts';
import { composeForm, inWords, nobodyWords, openedCard, personChoice } from '../../core/cards/compose.ts';
import type { Choice, FieldKind, FormValues } from '../../core/cards/modal.ts';
import { type LogoffCommand, writeCommand } from '../../core/command.ts';
import { composed } from '../../core/compose.ts';
import { EdgeError } from '../../core/errors.ts';
import type { AssociateId, ChannelId } from '../../core/ids.ts';
import type { Actor, Ask, ComposeHandlers, FormSubmission, Verdict } from '../../core/inputs.ts';
import type { Standpoint } from '../../core/people.ts';
import { reasonProblem } from '../../core/policy/decide.ts';
import { mayReach, reachOf } from '../../core/policy/powers.ts';
import type { Duration } from '../../core/time.ts';
import { whoPage } from '../commands/list-who-is-on.ts';
import { recordsTrouble, refuse, unlessSilent } from '../commands/refuse.ts';
import { openWeighed, turnDown } from '../commands/request-logoff.ts';
import { type Weighed, weigh } from '../commands/weigh-request.ts';
import type { Reconciler } from '../dispatch/reconcile.ts';
import { relabelled } from '../drawing/relabel.ts';
import { admit, mayLearnOf } from '../people/reach.ts';
import { whyIdle } from '../records.ts';
import type { World } from '../world.ts';
import { openAndFill, put, type Shown } from './fill-window.ts';
import { previewOf } from './preview.ts';
import { suggest } from './suggest.ts';

/** Slack must be answered within 3 seconds of a submission; what takes longer goes on in the window. */
const PATIENCE: Duration = 2_000;

/** What happens in the windows in which somebody says whom to log off. */
export function composeHandlers(world: World, reconciler: Reconciler): ComposeHandlers {
  return {
    pick: ({ who, channel, associate, open, answer }) =>
      openAndFill({ kind: 'compose', channel, open, answer }, () => firstForm(who, channel, world, associate), world),
    suggest: (who, field, typed) => suggest(who, field, typed, world),
    change: async (who, channel, values) => {
      const requester = await admit(who, world);
      if (typeof requester === 'string') return undefined;
      return await formFor(requester, channel, await relabelled(values, requester, world), world);
    },
    submit: (submission, acknowledge) => submit(submission, acknowledge, world, reconciler),
    page: async (who, channel, page, group) => {
      const shown = await whoPage({ who, channel, page, ...(group === undefined ? {} : { group }) }, world);
      return 'form' in shown ? shown.form : undefined;
    },
  };
}

/** The form as it first appears; in words why there is none for this person. */
export async function firstForm(who: Actor, channel: ChannelId, world: World, associate?: AssociateId): Promise<Shown> {
  const via = associate === undefined ? 'command' : 'button';
  const asked = { via, who, channel, text: `${associate ?? ''}` } as const;
  const requester = await admit(who, world);
  if (typeof requester === 'string') return { card: await refuse(asked, requester, [], world) };
  const idle = await whyIdle(world);
  if (idle !== undefined) return { card: await refuse(asked, idle, [], world) };
  const reach = reachOf(world.policy, requester);
  if (reach === 'nobody') return { card: notTiedCard(requester.person, true) };
  // Read before the pickers are there: the first reading may take longer than Slack waits for options.
  const people = await unlessSilent('netserver', () => world.people.read(), world);
  if (typeof people === 'string') return { card: await refuse(asked, people, [], world) };
  const chosen = associate ?? (reach === 'self' ? requester.person.match?.associate : undefined);
  const found = people.index.all.find(({ id }) => id === chosen);
  const choice = found === undefined ? byIdAlone(chosen, requester, world) : personChoice(found);
  const isOffered = found === undefined || mayLearnOf(requester, world)(found);
  const values = { people: choice === undefined || !isOffered ? [] : [choice] };
  return { form: await formFor(requester, channel, values, world) };
}

/** Somebody who is not among the people that were read, a newcomer say. */
function byIdAlone(
  id: AssociateId | undefined,
  requester: Standpoint,
  { policy }: World,
): Choice<AssociateId> | undefined {
  return id !== undefined && mayReach(policy, requester, { id }, true) ? { id, label: `id ${id}` } : undefined;
}

async function formFor(requester: Standpoint, channel: ChannelId, values: FormValues, world: World) {
  const others = reachOf(world.policy, requester) === 'others';
  return composeForm(channel, values, others, await previewOf(values, requester, channel, world));
}

type Errors = Extract<Verdict, { kind: 'errors' }>;
type Judged =
  | Errors
  | {
      readonly kind: 'ready';
      readonly weighed: Extract<Weighed, { kind: 'ready' }>;
      readonly requester: Standpoint;
      readonly ask: Ask;
    };

const at = (field: FieldKind, words: string): Errors => ({ kind: 'errors', errors: { [field]: words } });

/** Says within two seconds what is wrong, or that it is being worked on; opens the request only after Slack took that. */
async function submit(
  submission: FormSubmission,
  acknowledge: (verdict: Verdict) => Promise<void>,
  world: World,
  reconciler: Reconciler,
): Promise<void> {
  const { window, channel, values, who } = submission;
  let cancel = () => {};
  const late = new Promise<'late'>((resolve) => {
    cancel = world.clock.after(PATIENCE, () => resolve('late'));
  });
  const judging = judge(submission, world).catch((error: unknown): Errors => {
    if (!(error instanceof EdgeError)) throw error;
    return at(targetField(values), inWords(recordsTrouble(error, world).summary));
  });
  const first = await Promise.race([judging, late]).finally(() => cancel());
  if (first !== 'late' && first.kind === 'errors') return await acknowledge(first);
  await acknowledge({ kind: 'working' });
  const judged = await judging;
  if (judged.kind === 'ready') {
    await put(await open(judged, world, reconciler), window, world);
    return;
  }
  // The fields are gone from the screen by now, so the form comes back with the words below it.
  const requester = await admit(who, world);
  const others = typeof requester !== 'string' && reachOf(world.policy, requester) === 'others';
  const words = Object.values(judged.errors).join(' ');
  const form = composeForm(channel, values, others, { kind: 'no', words, leftOut: [] });
  if ((await put({ form }, window, world)) === 'closed') await put({ card: say(text(words)) }, window, world);
}

/** Where words about the people chosen stand. */
const targetField = ({ people, group }: FormValues): FieldKind =>
  people.length === 0 && group !== undefined ? 'group' : 'people';

async function judge({ who, channel, values, key }: FormSubmission, world: World): Promise<Judged> {
  const given = composed(values);
  if (!given.ok) {
    return given.problem === 'nobody_named'
      ? at('people', 'Choose at least one person, or a group.')
      : at('text', 'The reason is longer than 500 characters. Please shorten it.');
  }
  const askFor = (command: LogoffCommand): Ask => ({ via: 'modal', who, channel, text: writeCommand(command), key });
  const requester = await admit(who, world);
  const field = targetField(values);
  if (typeof requester === 'string')
    return at(field, inWords((await refuse(askFor(given.command), requester, [], world)).summary));
  const named = composed(await relabelled(values, requester, world));
  const { command } = named.ok ? named : given;
  const ask = { ...askFor(command), requester };
  const weighed = await weigh(command, requester, channel, world, 'to do');
  if (weighed.kind === 'ready') {
    const problem = reasonProblem(weighed.decision.demand.reason, weighed.resolved.reason);
    if (problem === undefined) return { kind: 'ready', weighed, requester, ask };
    const ids = weighed.targets.map(({ id }) => id);
    const words = problem.say ?? 'The rule that applies asks for a reason.';
    const { rule } = weighed.decision;
    return at('text', inWords((await refuse({ ...ask, rule }, problem.code, ids, world, words)).summary));
  }
  const card = await turnDown(weighed, ask, world);
  // Whom somebody chose by id is certain; only the group can be one that is not there.
  if (weighed.kind === 'ask') return at(values.group === undefined ? field : 'group', inWords(card.summary));
  return at(field, weighed.kind === 'nobody' ? nobodyWords(weighed.leftOut) : inWords(card.summary));
}

async function open(
  { weighed, requester, ask }: Extract<Judged, { kind: 'ready' }>,
  world: World,
  reconciler: Reconciler,
): Promise<Shown> {
  try {
    const opened = await openWeighed(weighed, ask, requester, world, reconciler);
    return { card: 'card' in opened ? opened.card : openedCard(opened.request) };
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    return { card: recordsTrouble(error, world) };
  }
}
