import type { EdgeError } from '../../core/errors.ts';
import { NetServerError } from '../../netserver/errors.ts';
import { SlackError } from '../../slack/errors.ts';
import { type Finding, wrong } from './finding.ts';

const SLACK_TODO: Readonly<Record<string, string>> = {
  invalid_auth: 'Copy the token from the pages of the Slack app again; reinstall the app where it was removed.',
  missing_scope: 'Add the scope under OAuth & Permissions and reinstall the app.',
  rate_limited: 'Slack asks to wait: run this again in a minute.',
  unavailable: 'Slack is in trouble: look at status.slack.com, and run this again.',
};
/** By Slack’s own word, where that says more than our code. */
const SLACK_WORDS: Readonly<Record<string, string>> = {
  plan_upgrade_required: 'User groups need a paid plan of Slack: name people by users: instead of usergroups:.',
};
const NETWORK_TODO =
  'Look at name resolution and the firewall: https://slack.com must be reachable. Behind a proxy set HTTPS_PROXY and NODE_USE_ENV_PROXY=1.';
const TRUST_TODO =
  'Something between here and Slack shows a certificate of its own: put the one of its authority into a file, and name it in NODE_EXTRA_CA_CERTS.';

const NETSERVER_TODO: Readonly<Record<string, string>> = {
  credentials: 'Correct NETSERVER_USERNAME and NETSERVER_PASSWORD. It was tried once and not again: accounts lock.',
  backing_off: 'Not tried again: accounts lock.',
  session: 'Look whether several NetServers answer at this address and do not know each other’s tickets.',
  not_allowed: 'Look at the role of the bot’s user and at the licence for web services.',
  exception: 'Look into the log of NetServer at this time.',
  refused_connection: 'Look at netserver.url, whether the web server runs, and at the firewall.',
  dns: 'Correct netserver.url, or the name resolution of this machine.',
  tls: 'Look at the certificate of the server; netserver.ca_file names that of an own authority.',
  timeout: 'Look at the firewall and at the load of the server.',
  reset: 'Look whether a firewall or a proxy ends the connection.',
  unavailable: 'Look whether the application pool of NetServer runs in IIS.',
  redirect: 'Write the address into netserver.url that it redirects to; redirects are never followed.',
  windows_auth: 'Switch Windows authentication off for the site of NetServer in IIS, or use a site without it.',
  wrong_path: 'Correct the path in netserver.url: /Remote/Services86/… is called below it.',
  fault: 'Look at netserver.services, and into the log of NetServer.',
  not_soap: 'Something else answers at netserver.url: a web page, or a proxy. Correct the address.',
  no_verdict: 'Something between here and NetServer changes its answers.',
};

const STORE_TODO: Readonly<Record<string, string>> = {
  bad_database_url: 'Correct DATABASE_URL.',
  bad_database_path: 'Correct the path in DATABASE_URL, or the rights of the folder.',
  database_in_use: 'Stop the other process.',
  database_newer: 'Start the newer version of this program, or restore the backup from before it.',
  database_foreign: 'Give the bot a database of its own in DATABASE_URL.',
  database_read_only: 'Correct the rights of the file and its folder.',
  database_corrupt: 'Restore the last backup.',
  disk_refused: 'Look at the disk and the system log, then start the bot again.',
  database_unavailable: 'Look whether the database server runs, and at host, port and TLS in DATABASE_URL.',
  database_refused: 'Correct user, password and rights of the database, and DATABASE_URL.',
  disk_full: 'Make room on the disk.',
  audit_key_differs: 'Use the AUDIT_KEY that the database was begun with.',
};

const GENERAL_TODO = 'Run this again; where it stays so, look into the log of the bot and of the other side.';

/** An error of an edge as a finding: what happened, in its own words and code, and what to do. */
export function describeError(error: EdgeError): Finding {
  if (error instanceof SlackError) return describeSlackError(error);
  if (error instanceof NetServerError) {
    const { code, detail, httpStatus, message } = error;
    const more = [code, ...(httpStatus === undefined ? [] : [`HTTP ${httpStatus}`])].join(', ');
    const said = detail === undefined ? '' : `: “${detail}”`;
    return wrong(`${message} (${more})${said}`, NETSERVER_TODO[code] ?? GENERAL_TODO);
  }
  return wrong(`${error.message.replace(/\.$/, '')} (${error.code})`, STORE_TODO[error.code] ?? GENERAL_TODO);
}

function describeSlackError({ code, detail, message, retryAfter }: SlackError): Finding {
  if (code === 'network' || code === 'timeout') {
    const isTrust = /CERT|SELF_SIGNED|UNABLE_TO/.test(detail ?? '');
    return wrong(message, isTrust ? TRUST_TODO : NETWORK_TODO);
  }
  const wait = retryAfter === undefined ? '' : `, for ${Math.ceil(retryAfter / 1_000)} s`;
  return wrong(`${message}${wait}`, SLACK_WORDS[detail ?? ''] ?? SLACK_TODO[code] ?? GENERAL_TODO);
}
