/** A workspace: ours, or the one that a guest from outside belongs to. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

/** The one app that is installed, with what it was granted. */
export interface SlackApp {
  readonly id: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly name?: string;
  readonly scopes: readonly string[];
}

/** A person, in the words of Slack's own user objects. A `team_id` that is not ours makes an outsider. */
export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly real_name: string;
  readonly email?: string;
  readonly team_id?: string;
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  readonly is_app_user?: boolean;
  readonly is_workflow_bot?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
  readonly is_email_confirmed?: boolean;
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly is_private?: boolean;
  readonly is_im?: boolean;
  /** A direct message of several people; private as well. */
  readonly is_mpim?: boolean;
  readonly is_archived?: boolean;
  readonly is_shared?: boolean;
  readonly is_ext_shared?: boolean;
  readonly is_org_shared?: boolean;
}

export interface SlackUserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name?: string;
  readonly users: readonly string[];
  /** A switched-off group keeps its members but is listed only on demand. */
  readonly disabled?: boolean;
}

interface SlashCommandDefinition {
  readonly name: string;
  readonly should_escape?: boolean;
}

export interface SlackOptions {
  readonly team: Team;
  readonly app: SlackApp;
  readonly users: readonly SlackUser[];
  readonly channels: readonly SlackChannel[];
  readonly userGroups?: readonly SlackUserGroup[];
  readonly commands: readonly SlashCommandDefinition[];
  /** Milliseconds since 1970; what message times, triggers and response URLs go by. */
  readonly now?: () => number;
  /** Where to deliver over HTTP. Without it everything goes over Socket Mode. */
  readonly requestUrl?: string;
  /** In which zone people read their times. */
  readonly timeZone?: string;
  /** How long an app may take to acknowledge, in real milliseconds: Slack gives 3 seconds. */
  readonly acknowledgeWithinMs?: number;
  /** How often a socket is pinged, in real milliseconds. */
  readonly pingEveryMs?: number;
  readonly port?: number;
}
