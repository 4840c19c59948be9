import type { Standing } from '../core/people.ts';
import { at, textAt } from './payload.ts';

/** The workspace that the bot is installed in. */
export interface Home {
  readonly teamId: string;
  readonly enterpriseId?: string;
}

const SLACKBOT = 'USLACKBOT';
const FLAGS = [
  'deleted',
  'is_bot',
  'is_workflow_bot',
  'is_connector_bot',
  'is_stranger',
  'is_restricted',
  'is_ultra_restricted',
  'is_invited_user',
] as const;
type Flag = (typeof FLAGS)[number];

/**
 * Of our workspace, or of another one of our own Enterprise Grid with a seat in ours. Slack always names the workspace of a
 * person from elsewhere (and flags them as a stranger), so one without a workspace is of the one that answers.
 */
function isOurs(user: unknown, home: Home): boolean {
  const team = textAt(user, 'team_id') ?? home.teamId;
  if (team === home.teamId) return true;
  if (home.enterpriseId === undefined || textAt(user, 'enterprise_user', 'enterprise_id') !== home.enterpriseId)
    return false;
  const teams = at(user, 'enterprise_user', 'teams');
  return Array.isArray(teams) && teams.includes(home.teamId);
}

/**
 * What Slack's flags make of a person. A flag that is absent is off, as Slack leaves out most of them; one that is
 * neither on nor off, or another person's answer make `unknown`. `is_app_user` is not looked at:
 * it says that the person uses this app.
 */
export function standingOf(user: unknown, id: string, home: Home): Standing {
  if (textAt(user, 'id') !== id) return 'unknown';
  const flags = new Map<Flag, unknown>(FLAGS.map((flag) => [flag, at(user, flag) ?? false]));
  if ([...flags.values()].some((value) => typeof value !== 'boolean')) return 'unknown';
  const is = (...some: Flag[]) => some.some((flag) => flags.get(flag) === true);

  if (is('deleted')) return 'deactivated';
  if (id === SLACKBOT || is('is_bot', 'is_workflow_bot', 'is_connector_bot')) return 'bot';
  if (is('is_stranger') || !isOurs(user, home)) return 'stranger';
  if (is('is_restricted', 'is_ultra_restricted')) return 'guest';
  if (is('is_invited_user')) return 'unknown';
  return 'member';
}
