import { AUTHORITY, ELSEWHERE, EXPIRED, FUTURE, KEY } from '../netserver/odd-certificates.ts';
import { ago, type Ill } from './clinic.ts';

function skippedFrom(why: string, from = 0): readonly (string | RegExp)[] {
  const steps = ['tls', 'services', 'version', 'logon', 'rights', 'users', 'logged_on'].slice(from);
  const clock = from === 0 ? ['skipped clock.netserver NetServer did not tell its time'] : [];
  const silent = from === 1 ? ['skipped clock.netserver NetServer did not tell its time'] : [];
  return [...steps.map((step) => `skipped netserver.${step} ${why}`), ...clock, ...silent];
}

export const ILL_AT_NETSERVER: readonly Ill[] = [
  [
    'a SuperOffice server whose clock is behind',
    { netserver: { now: ago(90_000) } },
    [
      'check clock.netserver this machine is 90 s ahead of NetServer. Synchronise the clock of the server of NetServer (NTP).',
    ],
  ],
  [
    'a NetServer that is switched off',
    { spoil: ({ netserver }) => netserver.refuse() },
    [
      /^wrong netserver\.address NetServer could not be reached \(refused_connection\)\. Look at netserver\.url/,
      ...['tls', 'services', 'version', 'logon', 'rights', 'users', 'logged_on'].map(
        (step) => `skipped netserver.${step} NetServer cannot be reached`,
      ),
      'skipped clock.netserver NetServer did not tell its time',
    ],
  ],
  [
    'a host name that does not exist',
    { url: () => 'https://crm.does-not-exist.invalid' },
    [
      /^wrong netserver\.address The host name of NetServer could not be resolved \(dns\)/,
      ...skippedFrom('NetServer cannot be reached'),
    ],
  ],
  [
    'a certificate of an authority that nobody named',
    { settings: [['  ca_file:', '  # ca_file:']] },
    [
      /^wrong netserver\.tls certificate for 127\.0\.0\.1, by 127\.0\.0\.1, .* is not accepted: DEPTH_ZERO_SELF_SIGNED_CERT\. Put the certificate of the authority/,
      ...skippedFrom('no connection that can be trusted', 1),
    ],
  ],
  [
    'a certificate of another authority than the one that is named',
    { ca: AUTHORITY },
    [
      /^wrong netserver\.tls .*The authority in netserver\.ca_file did not issue it\./,
      ...skippedFrom('no connection that can be trusted', 1),
    ],
  ],
  [
    'a certificate that has expired',
    { ca: AUTHORITY, netserver: { tls: { key: KEY, cert: EXPIRED } } },
    [
      /^wrong netserver\.tls .* until 1 Jan 2021.* is not accepted: CERT_HAS_EXPIRED\. Give the web server a new certificate\.$/,
      ...skippedFrom('no connection that can be trusted', 1),
    ],
  ],
  [
    'a certificate of the future',
    { ca: AUTHORITY, netserver: { tls: { key: KEY, cert: FUTURE } } },
    [
      /^wrong netserver\.tls .*CERT_NOT_YET_VALID\. Look at the clocks/,
      ...skippedFrom('no connection that can be trusted', 1),
    ],
  ],
  [
    'a certificate for another name',
    { ca: AUTHORITY, netserver: { tls: { key: KEY, cert: ELSEWHERE } } },
    [
      /^wrong netserver\.tls certificate for crm\.elsewhere\.example, .*ERR_TLS_CERT_ALTNAME_INVALID\. Write the name into netserver\.url/,
      ...skippedFrom('no connection that can be trusted', 1),
    ],
  ],
  [
    'a server that speaks no TLS',
    { noTls: true, url: (url) => url.replace('http:', 'https:') },
    [
      /^wrong netserver\.tls No trusted TLS connection to NetServer could be made \(tls\)/,
      ...skippedFrom('no connection that can be trusted', 1),
    ],
  ],
  [
    'an address with a wrong path',
    { url: (url) => `${url}/wrong` },
    [
      /^wrong netserver\.services no version from 88 to 84 answers\. .*\(wrong_path, HTTP 404\)\. Correct the path in netserver\.url/,
      ...skippedFrom('no services to ask', 2),
    ],
  ],
  [
    'another version of the services than the server has',
    { netserver: { versions: [84, 85] } },
    ['wrong netserver.services version 86 of the services does not answer, 85 does. Set netserver.services: 85'],
  ],
  [
    'Windows authentication in front of NetServer',
    { spoil: ({ netserver }) => void netserver.trouble('*', { kind: 'unauthorized' }) },
    [
      /^wrong netserver\.services The web server asks for Windows authentication .*\(windows_auth, HTTP 401\)\. Switch Windows authentication off/,
      ...skippedFrom('no services to ask', 2),
    ],
  ],
  [
    'a sign-in page in front of NetServer',
    { spoil: ({ netserver }) => void netserver.trouble('*', { kind: 'html', status: 200 }) },
    [
      /^wrong netserver\.services no version from 88 to 84 answers\. .*not_soap/,
      ...skippedFrom('no services to ask', 2),
    ],
  ],
  [
    'a NetServer that never answers',
    {
      settings: [['timeout: 15s', 'timeout: 1s']],
      spoil: ({ netserver }) => void netserver.trouble('*', { kind: 'hang' }),
    },
    [
      /^wrong netserver\.services NetServer did not answer in time \(timeout\)/,
      ...skippedFrom('no services to ask', 2),
    ],
  ],
  [
    'a wrong password, which is tried once',
    { environment: { NETSERVER_PASSWORD: 'canary-wrong' } },
    [
      /^wrong netserver\.logon NetServer refused the user name or password .*\(credentials.*\)\. Correct NETSERVER_USERNAME and NETSERVER_PASSWORD\. It was tried once and not again: accounts lock\.$/,
      ...['rights', 'users', 'logged_on'].map((step) => `skipped netserver.${step} without a logon`),
    ],
  ],
  [
    'a user without rights',
    {
      spoil: ({ netserver }) =>
        netserver.addAccount({ userName: 'slackbot', password: 'local-password', associateId: 77, functionRights: [] }),
    },
    [
      /^wrong netserver\.rights admin-users is missing: SuperOffice may refuse the log-off/,
      /^wrong netserver\.rights see-other-companies-associates is missing: people who belong to another company/,
    ],
  ],
  [
    'a user who may not read the archive',
    { spoil: ({ netserver }) => void netserver.trouble('GetArchiveListByColumns', { kind: 'not-allowed' }) },
    [
      /^wrong netserver\.users NetServer does not allow this to the user of the bot .*You do not have the rights/,
      /^wrong netserver\.logged_on who is logged on \(loggedOnWin\) cannot be read\. .*“could not be checked”\.$/,
    ],
  ],
  [
    'a SuperOffice without a Windows client',
    { netserver: { product: { version: '10.1.8.1', description: 'SuperOffice NetServer' } } },
    [
      'wrong netserver.version SuperOffice NetServer, version 10.1.8.1: the Windows client ended with 8.5. There is nobody to log off here.',
    ],
  ],
  [
    'identities that lead nowhere',
    { settings: [['{ U0ANNA: 101 }', '{ U0ANNA: 999, U0BOB: 106, U0OLA: 201 }']] },
    [
      /^wrong netserver\.identity U0ANNA is tied to associate 999, whom SuperOffice does not show/,
      /^check netserver\.identity U0BOB is tied to associate 106 = Lea Left \(left\), retired/,
      /^wrong netserver\.identity U0OLA is tied to associate 201 .*no internal user/,
    ],
  ],
];
