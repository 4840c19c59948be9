import { CERTIFICATE } from '../config/world.ts';
import { SOON } from '../e2e/cast.ts';
import { IMPATIENT } from './netserver-call.ts';
import { arrived, command, lineOf, outcome, stillWorks } from './observe.ts';
import { type Fault, MINUTE, SECOND } from './row.ts';

const NOTHING = 'Nothing was done.';
const NO_ANSWER = `acknowledged, told: SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator. ${NOTHING}`;

/** The password must not leave towards a server that is not the one meant. */
const unreached = (fault: string, town: Fault['town']): Fault => ({
  door: 'netserver',
  fault,
  expected: `${NO_ANSWER} 0 messages arrived`,
  town: { settings: [SOON], ...town },
  async play(town) {
    const said = await command(town, '/logoff 102');
    return `${said} ${town.netserver.journal().length} messages arrived`;
  },
});

const tls: readonly Fault[] = [
  unreached('the host name of SuperOffice cannot be resolved', { netserverUrl: () => 'https://netserver.invalid' }),
  unreached('the certificate of SuperOffice is vouched for by nobody who is trusted', { authority: CERTIFICATE }),
  unreached('the certificate authority named in the settings is not there', { authority: 'none' }),
  unreached('the certificate of SuperOffice is for another name', {
    netserverUrl: (url) => url.replace('127.0.0.1', 'localhost'),
  }),
  unreached('SuperOffice speaks no TLS where https is meant', {
    plain: true,
    netserverUrl: (url) => url.replace('http:', 'https:'),
  }),
  {
    door: 'netserver',
    fault: 'the certificate of SuperOffice is vouched for by a private authority',
    expected: '1 call, 102 off: 1 person logged off',
    town: { settings: [SOON] },
    async play(town) {
      await town.bob.say('/logoff 102');
      await town.alice.click(town.card(1), 'Approve');
      await town.clock.advance(25 * SECOND);
      return outcome(town);
    },
  },
];

const logons = (town: Parameters<Fault['play']>[0]) => town.netserver.calls('AuthenticateUsernamePassword').length;

const tickets: readonly Fault[] = [
  {
    door: 'netserver',
    fault: 'the ticket dies between two calls',
    expected: '2 logons, 1 person logged off, carried out once',
    town: { settings: [SOON] },
    async play(town) {
      await town.bob.say('/logoff 102');
      town.netserver.expireTickets();
      await town.alice.click(town.card(1), 'Approve');
      await town.clock.advance(25 * SECOND);
      const times = town.netserver.journal().filter(({ loggedOff }) => loggedOff.length > 0).length;
      return `${logons(town)} logons, ${lineOf(town)}, carried out ${times === 1 ? 'once' : `${times} times`}`;
    },
  },
  {
    door: 'netserver',
    fault: 'every ticket is dead at once, again and again',
    expected:
      'acknowledged, told: SuperOffice lets the bot log on and ends its session immediately. Tell your CRM administrator. ' +
      'Nothing was done. 1 logon more, 0 calls, then works: 1 person logged off',
    town: { settings: [SOON] },
    async play(town) {
      const type = 'SuperOffice.Exceptions.SoSessionException';
      const before = logons(town);
      for (const operation of ['GetAssociateList', 'GetArchiveListByColumns', 'GetList', 'LogOffWindowsUsers']) {
        town.netserver.trouble(operation, { kind: 'exception', type, message: 'Authentication failed!' });
      }
      const said = await command(town, '/logoff 102');
      const more = logons(town) - before;
      const sent = arrived(town);
      town.netserver.clearTrouble();
      return `${said} ${more} logon${more === 1 ? '' : 's'} more, ${sent}, ${await stillWorks(town)}`;
    },
  },
  {
    door: 'netserver',
    fault: 'the password is wrong, for five minutes of commands',
    expected:
      'acknowledged, told: The bot cannot log on to SuperOffice. Tell your CRM administrator. Nothing was done. ' +
      '1 logon more, 0 calls, then works: 1 person logged off',
    town: { settings: [SOON] },
    async play(town) {
      const before = logons(town);
      town.netserver.expireTickets();
      town.netserver.trouble('AuthenticateUsernamePassword', { kind: 'wrong-password' });
      let said = '';
      for (let minute = 0; minute < 4; minute += 1) {
        said = await command(town, '/logoff 102');
        await town.clock.advance(MINUTE);
      }
      const more = logons(town) - before;
      const sent = arrived(town);
      town.netserver.clearTrouble();
      await town.clock.advance(2 * MINUTE);
      return `${said} ${more} logon${more === 1 ? '' : 's'} more, ${sent}, ${await stillWorks(town)}`;
    },
  },
  {
    door: 'netserver',
    fault: 'the list of who is logged on is refused to the bot',
    expected: '1 call, 102 off: the outcome is not fully known. 2 people could not be checked',
    town: { settings: [SOON] },
    async play(town) {
      town.netserver.trouble('GetArchiveListByColumns', { kind: 'not-allowed' });
      await town.bob.say('/logoff 102 103');
      await town.alice.click(town.card(1), 'Approve');
      await town.clock.advance(25 * SECOND);
      return outcome(town);
    },
  },
  {
    door: 'netserver',
    fault: 'the list of who is logged on cannot be read after the call',
    expected: '1 call, 102 off: the outcome is not fully known. 1 person could not be checked',
    town: { settings: IMPATIENT },
    async play(town) {
      await town.bob.say('/logoff 102');
      // From the look right before the call on, no other one is answered.
      const ended = town.netserver.onExchange(({ operation }) => {
        if (operation === 'LogOffWindowsUsers')
          town.netserver.trouble('GetArchiveListByColumns', { kind: 'html', status: 500 });
      });
      await town.alice.click(town.card(1), 'Approve');
      ended();
      await town.clock.advance(MINUTE);
      return outcome(town);
    },
  },
];

export const doorFaults: readonly Fault[] = [...tls, ...tickets];
