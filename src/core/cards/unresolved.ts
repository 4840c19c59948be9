/** Codes of commands from which it was not certain who is meant, as `/logoff why` tells them afterwards. */
export const unresolved = {
  not_tied: {
    say: 'It was not certain which SuperOffice user was meant. Type the login or the associate id, or ask your CRM administrator to add the person to `identities`.',
    hint: 'Neither identities nor an address that trust_email trusts ties this Slack person to one associate within reach.',
  },
  nobody_called: {
    say: 'Nobody you may log off has that name. Type a login, a full name in quotes, an e-mail address, `group:Name` or an associate id.',
    hint: 'No person within reach of the rules for this requester has that login, name or address.',
  },
  no_such_group: {
    say: 'No user group of that name has people you may log off. The window of `/logoff` shows the groups.',
    hint: 'The list of user groups has no such name, or nobody in it is within reach of the rules for this requester.',
  },
  several_groups: {
    say: 'Several user groups have that name. Choose the one you mean in the window of `/logoff`.',
    hint: 'SuperOffice has more than one user group of that name.',
  },
} as const;
