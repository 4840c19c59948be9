import { describe, expect, it } from 'vitest';
import { load, problems, SMALL, VARIABLES } from './world.ts';

/** A settings file with one line changed or added. */
const withLine = (line: string) => `${SMALL}${line}\n`;
const rule = (text: string) =>
  `netserver: { url: https://crm.example.com }\nslack: { approvals_channel: C01 }\nrules:\n  - ${text}\n`;

describe('the report', () => {
  it('names all problems of file and environment at once, each with its line, column and what to do', () => {
    const text = `slak:
  mode: socket
slack: { mode: htpp, approvals_channel: D012 }
netserver:
  services: 90
  timeout: 15
  ca_file: /absent.pem
verify: { every: 0s }
identities: { anna: 101, U0A: "x" }
people:
  helpdesk:
    user: [U0BOB]
never: [007, true, 0, 'ok']
max_targets: 0
max_targets: 2000
time_zone: Europe/Olso
rules:
  - name: a
    who: helpdeks
    targets: slef
    approvers: helpdesk
  - who: anyone
    targets: { atmost: 5 }
    approvals: 0
    warn: 3
  - name: 5
    who: []
    targets:
    approvals: "1"
  - name: a
    who: [anyone, helpdesk]
    targets: 5
    approvals: 0
`;
    const loaded = load(text, { PORT: '70000', LOG_LEVEL: 'inof', SLACK_BOT_TOKEN: 'xapp-1-canary' });
    expect(loaded.ok ? '' : loaded.report).toBe(`34 problems in the settings:
logoff.yml:1:1  slak: is not a key that is known here: did you mean "slack"?
logoff.yml:3:16  slack.mode: must be "socket" or "http": did you mean "http"?
logoff.yml:3:41  slack.approvals_channel: must be a channel (C… or G…), not a direct message (D…)
logoff.yml:4:1  netserver.url: is missing: add it
logoff.yml:5:13  netserver.services: must be 84, 85, 86, 87 or 88
logoff.yml:6:12  netserver.timeout: needs its unit: write 30s, 10m, 2h or 7d
logoff.yml:8:18  verify.every: must be at least 1s
logoff.yml:9:15  identities.anna: must be a Slack person id such as U012ABCDEF
logoff.yml:9:31  identities.U0A: must be a number
logoff.yml:12:5  people.helpdesk.user: is not a key that is known here: did you mean "users"?
logoff.yml:13:9  never[0]: is read as a number: write it in plain digits, or put it in quotes if it is a name
logoff.yml:13:14  never[1]: must be a whole number or a text
logoff.yml:13:20  never[2]: must be at least 1
logoff.yml:15:1  max_targets: is given twice: keep one of them
logoff.yml:15:14  max_targets: must be at most 1000
logoff.yml:16:12  time_zone: must be a time zone of the IANA list such as Europe/Oslo: did you mean "Europe/Oslo"?
logoff.yml:19:10  rules[0].who: "helpdeks" is not a name under people
logoff.yml:20:14  rules[0].targets: must be "self" or "any" or { at_most: …, groups: … }: did you mean "self"?
logoff.yml:22:5  rules[1].name: is missing: add it
logoff.yml:23:14  rules[1].targets: must hold at_most, groups, or both
logoff.yml:23:16  rules[1].targets.atmost: is not a key that is known here: did you mean "at_most"?
logoff.yml:25:11  rules[1].warn: needs its unit: write 30s, 10m, 2h or 7d
logoff.yml:26:11  rules[2].name: must be a text: put it in quotes
logoff.yml:27:10  rules[2].who: must not be an empty list
logoff.yml:28:5  rules[2].targets: is empty: give it a value or remove the line
logoff.yml:29:16  rules[2].approvals: must be a number
logoff.yml:30:11  rules[3].name: two rules are called "a"
logoff.yml:31:10  rules[3].who: "anyone" stands alone: it holds everybody already
logoff.yml:32:14  rules[3].targets: must be "self" or "any" or { at_most: …, groups: … }
environment  SLACK_BOT_TOKEN: is another kind of token: it must be the bot token, which starts with xoxb-
environment  NETSERVER_USERNAME: is missing: set it to the SuperOffice user that the bot logs on as
environment  NETSERVER_PASSWORD: is missing: set it to the password of that SuperOffice user
environment  PORT: must be a whole number from 0 to 65535
environment  LOG_LEVEL: must be one of debug, info, warn, error: did you mean "info"?`);
  });

  it.each([
    [
      'an approvals channel is missing once a rule needs approvals',
      `people: { a: { users: [U0A] } }\nnetserver: { url: https://a.example }\nslack: { mode: socket }\nrules:\n  - { name: r, who: a, targets: any, approvers: a }\n`,
      'logoff.yml:3:1  slack.approvals_channel: is missing: the rule "r" needs approvals, and they are given in this channel',
    ],
    [
      'a rule asks for approvals from nobody',
      rule('{ name: r, who: anyone, targets: any, approvals: 2 }'),
      'logoff.yml:4:54  rules[0].approvals: asks for approvals but names no approvers',
    ],
    [
      'a name leads nowhere',
      withLine('may_see: { history: bosses }'),
      'logoff.yml:4:21  may_see.history: "bosses" is not a name under people',
    ],
    [
      'somebody is called anyone',
      withLine('people: { anyone: { users: [U0A] } }'),
      'people.anyone: "anyone" has a meaning of its own; use another name',
    ],
    [
      'an address is plain http',
      SMALL.replace('https', 'http'),
      'logoff.yml:1:19  netserver.url: sends the password readable over the network: use https://, or set allow_plain_http: true beside it',
    ],
    [
      'an address holds the services',
      SMALL.replace('.com', '.com/Remote/Services86/Associate.svc'),
      'netserver.url: must be the part before /Remote/Services…',
    ],
    [
      'an address is none',
      SMALL.replace('https://crm.example.com', 'crm.example.com'),
      'netserver.url: must be an address that starts with https://',
    ],
    ['an address has a query', SMALL.replace('.com', '.com/?a=1'), 'netserver.url: must not hold a ? or # part'],
    [
      'a time zone is an offset, which knows no summer time',
      withLine('time_zone: "+01:00"'),
      'time_zone: must be a time zone of the IANA list',
    ],
    [
      'a length of time has no unit',
      withLine('dispatch_within: "10"'),
      'dispatch_within: must be a whole number followed by s, m, h or d',
    ],
    [
      'a section has no content',
      withLine('verify:'),
      'logoff.yml:4:1  verify: is empty: give it a value or remove the line',
    ],
    ['a name is written like a number', withLine('never: [1e3]'), 'logoff.yml:4:9  never[0]: is read as a number'],
    [
      'a key is one that JavaScript treats as something else',
      withLine('people: { __proto__: { users: [U0A] } }'),
      'people.__proto__: is not a key that can be used here',
    ],
    ['the audit would be thrown away at once', withLine('audit_keep: 1h'), 'audit_keep: must be at least 1d'],
  ])('says so where %s', (_, text, expected) => {
    const lines = problems(load(text));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(expected);
  });

  it.each([
    ['a tab', 'slack:\n\tmode: socket\n', 'logoff.yml:2:1  a tab is used to indent: use spaces'],
    ['an open bracket', 'never: [1, 2\nrules: []\n', 'logoff.yml:2:'],
    ['an open quote', 'never: ["a\n', 'a quote, bracket, comma or colon is missing'],
    ['a tag', 'slack: !secret x\n', 'logoff.yml:1:8  a word that starts with ! has a meaning of its own in YAML'],
    [
      'a star',
      'never: *all\n',
      'logoff.yml:1:8  a value that starts with * has a meaning of its own in YAML: put it in quotes',
    ],
    [
      'a second document',
      `${SMALL}---\nrules: []\n`,
      'logoff.yml:4:1  a second document starts here: remove the line ---',
    ],
    ['nothing', '', 'logoff.yml  is empty: start from logoff.example.yml'],
    ['only comments', '# later\n', 'logoff.yml  is empty: start from logoff.example.yml'],
    ['a list', '- a\n', 'logoff.yml:1:1  the file must be a set of keys with values'],
    [
      'bytes that are no text',
      new Uint8Array([0xff, 0xfe, 0x61, 0x00]),
      'logoff.yml  cannot be used: it is not UTF-8 text: save it as UTF-8',
    ],
    ['too much', Buffer.alloc(1_000_001, '#'), 'logoff.yml  cannot be used: it is larger than 1 MB'],
  ])('puts into words that the file holds %s', (_, text, expected) => {
    const lines = problems(load(text));
    expect(lines[0]).toContain(expected);
  });

  it('bounds what a hostile file can cost', () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`).join(', ')}]`).join('\n')}\n`;
    const many = Array.from({ length: 50_000 }, (_, at) => `k${at}: 1`).join('\n');
    expect(problems(load(bomb))[0]).toContain('repeats itself too often through & and *');
    expect(problems(load(`never: ${'['.repeat(300_000)}${']'.repeat(300_000)}`))[0]).toContain('logoff.yml');
    expect(problems(load(many)).join('\n')).toContain('k0: is not a key that is known here');
  });

  it('stays readable where a whole file is wrong', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => `k${at}: 1`).join('\n');
    const lines = problems(load(many));
    expect(lines.length).toBeLessThanOrEqual(101);
    expect(lines.at(-1)).toMatch(/^and \d+ more$/);
  });

  it('covers a secret that strayed into the file', () => {
    const loaded = load(withLine(`may_see: { who: ${VARIABLES.NETSERVER_PASSWORD} }`));
    expect(loaded.ok ? '' : loaded.report).toContain('"[secret]" is not a name under people');
  });
});
