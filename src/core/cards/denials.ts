import type { DenialCode } from '../policy/decide.ts';

/** A code's sentence for the person concerned, and what the operator can do about it. */
export interface Explanation {
  readonly say: string;
  readonly hint: string;
}

export const denials: Readonly<Record<DenialCode, Explanation>> = {
  not_a_member: {
    say: 'Only full members of this workspace can use this. Guests, people from other workspaces, bots and deactivated people cannot. Ask a full member to do it.',
    hint: "Slack's flags of the person say guest, stranger, bot or deactivated, or could not be read.",
  },
  nobody: {
    say: 'Nobody is left to log off. Name somebody else.',
    hint: 'Everybody who was named was left out; the answer names each reason.',
  },
  too_many: {
    say: 'These are more people than one request may hold. Make several requests.',
    hint: 'The setting max_targets holds the limit.',
  },
  never_list: {
    say: 'Somebody here is protected, so no rule can reach them. Leave them out.',
    hint: 'The setting never holds the list.',
  },
  not_internal: {
    say: 'Somebody here is not an internal user and cannot use the Windows client. Leave them out.',
    hint: 'Only associates of type InternalAssociate can use the Windows client.',
  },
  no_rule_for_person: {
    say: 'No rule lets you log anybody off. Ask your CRM administrator.',
    hint: 'No rule under rules has this person in its who.',
  },
  no_rule_for_targets: {
    say: 'No rule lets you log these people off together. `/logoff help` shows what you may do.',
    hint: 'Rules match this person, but none of them matches these targets.',
  },
  no_rule_for_channel: {
    say: 'No rule lets you do this in this channel. `/logoff help` shows where you may.',
    hint: 'The rules that match person and targets hold other channels; a private channel counts only where the bot is in it.',
  },
  not_for_everyone: {
    say: 'Only people who may see who is logged on can ask to log everyone off. Ask your CRM administrator.',
    hint: 'The setting may_see.who holds them.',
  },
  no_rule_for_everyone: {
    say: 'No rule lets you log everyone off. `/logoff help` shows what you may do.',
    hint: 'Everyone needs a rule whose targets is any; max_targets does not count for it.',
  },
  groups_unread: {
    say: 'Slack did not tell who is in a user group that the rules name, so nobody counts as a member of it. Try again in a minute.',
    hint: 'usergroups.users.list failed: see slack_user_group_unknown in the log. The group may be gone or disabled; `policy check --online` looks.',
  },
  channel_shared: {
    say: 'This channel is shared with other companies, so nobody is logged off from here. Type it in a channel of your own.',
    hint: "Slack's conversations.info says that the channel is shared, or about to be.",
  },
  over_budget: {
    say: 'You have asked for more people than the rule allows in this time. Wait a while, or ask somebody else.',
    hint: 'The budget of the rule is used up, and the rule names no approvers who could say yes instead.',
  },
};
