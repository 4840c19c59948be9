import { viewProblems } from '../block-kit/problems.ts';
import { type Json, objectOf } from '../json.ts';
import { stateOf } from '../persona/view-state.ts';
import type { Trigger } from '../triggers.ts';
import { type View, viewObject } from '../views.ts';
import type { World } from '../world.ts';
import { type Answer, type Args, fine, type Methods, type Refusal, refuse } from './method.ts';

/** The view in the arguments, or Slack's refusal of it. `replacing` may keep its external id. */
function viewOf(args: Args, world: World, replacing?: View): { readonly view: Json } | Refusal {
  const view = args.structure('view');
  if (view === undefined) return refuse('invalid_arguments', ['missing required field: view']);
  const problems = viewProblems(view);
  if (problems[0] === 'view_too_large') return refuse('view_too_large');
  if (problems.length > 0) return refuse('invalid_arguments', problems);
  const external = objectOf(view)['external_id'];
  if (typeof external === 'string' && external !== '') {
    const other = world.views.byExternalId(external);
    if (other !== undefined && other.id !== replacing?.id) return refuse('duplicate_external_id');
  }
  return { view: objectOf(view) };
}

function shown(view: View, world: World): Answer {
  return fine({ view: viewObject(view, world.workspace.team.id, world.app, stateOf(view.blocks, {})) });
}

/** Spends the trigger on what `make` opens; a refusal leaves it unspent. */
function withTrigger(args: Args, world: World, make: (trigger: Trigger, view: Json) => View | Refusal): Answer {
  if (!args.has('trigger_id')) return refuse('invalid_arguments', ['missing required field: trigger_id']);
  const id = args.text('trigger_id');
  const trigger = world.triggers.look(id);
  if (typeof trigger === 'string') return refuse(trigger);
  const given = viewOf(args, world);
  if ('ok' in given) return given;
  const view = make(trigger, given.view);
  if ('ok' in view) return view;
  world.triggers.use(id);
  return shown(view, world);
}

function update(args: Args, world: World): Answer {
  const found = args.has('view_id')
    ? world.views.find(args.text('view_id'))
    : world.views.byExternalId(args.text('external_id'));
  if (found === undefined) return refuse('not_found');
  if (args.has('hash') && args.text('hash') !== found.hash) return refuse('hash_conflict');
  const given = viewOf(args, world, found);
  return 'ok' in given ? given : shown(world.views.update(found, given.view), world);
}

/** Modals: opened and pushed with a trigger, updated by id. They need no scope. */
export const viewMethods: Methods = {
  'views.open': {
    run: (args, world) => withTrigger(args, world, ({ user }, view) => world.views.open(user, view)),
  },
  'views.push': {
    run: (args, world) =>
      withTrigger(args, world, (trigger, view) => {
        if (trigger.view === undefined || world.views.find(trigger.view) === undefined) return refuse('not_found');
        return world.views.push(trigger.user, view) ?? refuse('push_limit_reached');
      }),
  },
  'views.update': { run: update },
};
