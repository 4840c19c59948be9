import { type Loaded, loadSettings } from '../../src/config.ts';

/** The settings block of the project's contract, word for word. */
export const CONTRACT = `slack:
  mode: socket                     # or http: path /slack/events on PORT
  approvals_channel: C0APPROVALS   # required once a rule needs approvals: the full card appears only there
  audit_channel: C0AUDIT           # optional
netserver:
  url: https://crm.example.com     # may hold a path; <url>/Remote/Services86/<Service>.svc is called
  services: 86                     # 84 to 88
  timeout: 15s
  ca_file: /etc/logoff/ca.pem      # optional; plain http is refused except to loopback, unless allow_plain_http: true
verify: { for: 30s, every: 2s, watch: 60s }
identities: { U0ANNA: 101 }        # Slack person: associate id
trust_email: [example.com]         # domains whose e-mail match may permit; default none
people:
  helpdesk:  { users: [U0BOB] }
  crm-leads: { users: [U0ALICE, U0OLA] }
may_see: { who: [helpdesk], history: [crm-leads] }
never: [1, svc-backup]             # associate ids or login names that no rule can reach
approval_expires_after: 30m
dispatch_within: 10m
max_targets: 50                    # at most 1000
time_zone: Europe/Oslo
audit_keep: 180d
rules:                             # first match decides; no match means no
  - name: own session
    who: anyone                    # every full member of the own workspace
    targets: self
    approvals: 0
  - name: helpdesk, a few people
    who: helpdesk                  # a name or a list
    targets: { at_most: 5 }
    approvals: 1
    approvers: crm-leads
    warn: 0s
  - name: leads
    who: crm-leads
    targets: any
    approvals: 1
    approvers: crm-leads
`;

/** The least that starts. */
export const SMALL = `netserver: { url: https://crm.example.com }
rules:
  - { name: own session, who: anyone, targets: self, approvals: 0 }
`;

/** The variables of a bot in socket mode. */
export const VARIABLES = {
  SLACK_BOT_TOKEN: 'xoxb-canary-bot',
  SLACK_APP_TOKEN: 'xapp-canary-app',
  NETSERVER_USERNAME: 'logoff-bot',
  NETSERVER_PASSWORD: 'canary-password',
};

const missing = (path: string): Uint8Array => {
  throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
};

/** Loads from a settings text (`logoff.yml`) and further files that exist only here. */
export function load(
  text: string | Uint8Array | undefined,
  variables: Readonly<Record<string, string>> = VARIABLES,
  files: Readonly<Record<string, string>> = {},
): Loaded {
  return loadSettings(variables, (path) => {
    const content = path === 'logoff.yml' ? text : files[path];
    if (content === undefined) return missing(path);
    return typeof content === 'string' ? Buffer.from(content) : content;
  });
}

/** The lines of the report, without the one that counts them; empty where all was well. */
export function problems(loaded: Loaded): readonly string[] {
  return loaded.ok ? [] : loaded.report.split('\n').slice(1);
}

/** A certificate that was made for these tests and vouches for nothing. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBiDCCAS+gAwIBAgIUTPkZ5U3GqxMwtSpqYPeuEiuFmzYwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPRXhhbXBsZSBUZXN0IENBMB4XDTI2MTEyMjEwMjA0OVoXDTQ2
MTExNzEwMjA0OVowGjEYMBYGA1UEAwwPRXhhbXBsZSBUZXN0IENBMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEcBZj3EUYAmd4mmuNkADgp1g5chAlRI/p6tmLuO12
cy7M91ovjVe9PnTbKhRVnoPnEuEySF/RAVEW01GrOADslaNTMFEwHQYDVR0OBBYE
FJPMu9grE1ry6fPCEB6kxPO1Iz/aMB8GA1UdIwQYMBaAFJPMu9grE1ry6fPCEB6k
xPO1Iz/aMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgOvpIysUN
KuAFzmDFetrogU6raN2J+OodZ/HbWZmped4CIHlSiBUIocV3Ts74fjHSrhvZD5FH
Afsi5bFoQW6dw1aZ
-----END CERTIFICATE-----
`;
