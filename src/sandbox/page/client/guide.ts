import type { ToldChannel } from './told.ts';

/** Something worth trying, and what it shows. */
export interface Example {
  readonly text: string;
  readonly explains: string;
}

/** One step of the way through: words, and what is done for it. */
export interface Step {
  readonly before: string;
  /** Put into the message box. */
  readonly say?: string;
  /** Who and where one is to be next. */
  readonly visit?: { readonly person: string; readonly channel: string; readonly label: string };
  readonly after: string;
}

/** What one person finds in one kind of channel. */
interface Place {
  readonly about: string;
  readonly examples?: readonly Example[];
  readonly steps?: readonly Step[];
}

const help: Example = { text: '/logoff help', explains: 'what this person may do' };
const status: Example = { text: '/logoff status', explains: 'what is open' };
const elsewhere: Example = { text: '/logoff 102', explains: 'nothing is taken from a channel that is shared' };

/** From a request to its end, for somebody who has never seen it. */
const steps: readonly Step[] = [
  {
    before: 'Ask, as Bob of the helpdesk:',
    say: '/logoff jane.doe, per because they are locked out',
    after: 'and send it.',
  },
  {
    before: 'Approve, as Alice: go to',
    visit: { person: 'U0ALICE', channel: 'C0APPROVALS', label: 'Alice in #crm-approvals' },
    after: 'and press Approve on the card.',
  },
  {
    before: 'Look at NetServer: Jane is logged off; below it stands every SOAP message. Jane herself is told, in',
    visit: { person: 'U0JANE', channel: 'D0JANE', label: 'her direct messages' },
    after: '.',
  },
  {
    before:
      'Make trouble: log Jane on again, switch on “Says yes, does nothing”, and ask once more. Or kill the bot right after Approve, and start it again.',
    after: '',
  },
];

const ofTheBot = 'The bot writes to this person alone here: warnings, and what became of requests.';
const lead = {
  open: {
    about: 'A CRM lead asks too, but never approves their own request.',
    examples: [
      { text: '/logoff anna reason: upgrade at noon', explains: 'the other lead approves; then Anna is warned first' },
      {
        text: '/logoff everyone in 5m reason: upgrade',
        explains: 'the other lead approves; move the clock, and all are reminded, then logged off',
      },
      status,
      { text: '/logoff pause reason: month end', explains: 'stops everything; /logoff resume lets it go on' },
      help,
    ],
  },
  private: { about: 'Requests that need a yes come here. Press Approve or Deny… on a card that waits.' },
} satisfies Partial<Record<ToldChannel['kind'], Place>>;
const concerned = {
  open: {
    about: 'Others may ask to log this person off.',
    examples: [
      { text: '/logoff me because I am locked out', explains: 'one’s own session needs nobody’s approval' },
      help,
    ],
  },
  direct: { about: 'Where the rule warns people, they are warned here, and can ask for ten more minutes.' },
} satisfies Partial<Record<ToldChannel['kind'], Place>>;

const PLACES: Readonly<Record<string, Partial<Record<ToldChannel['kind'], Place>>>> = {
  U0BOB: {
    open: {
      about: 'The bot in four steps:',
      steps,
      examples: [
        { text: '/logoff', explains: 'choose people in a window' },
        { text: '/logoff who', explains: 'who is logged on' },
        { text: '/logoff 1 77 999', explains: 'people who cannot be logged off' },
        help,
      ],
    },
    private: { about: 'Bob may read along here. Only CRM leads approve: his own press is refused.' },
  },
  U0ALICE: lead,
  U0OLA: lead,
  U0ANNA: concerned,
  U0JANE: concerned,
  U0GUS: { open: { about: 'Guests are refused.', examples: [{ text: '/logoff 102', explains: 'try it' }] } },
  U0ERIN: {
    shared: {
      about: 'In another workspace the command is not there.',
      examples: [{ text: '/logoff 102', explains: 'try it' }],
    },
  },
};

const BY_KIND: Readonly<Record<ToldChannel['kind'], Place>> = {
  open: { about: '', examples: [help] },
  private: { about: '' },
  shared: { about: 'Somebody from another company reads along here.', examples: [elsewhere] },
  direct: { about: ofTheBot },
};

/** What is worth knowing and trying there. */
export const placeFor = (person: string, kind: ToldChannel['kind']): Place => PLACES[person]?.[kind] ?? BY_KIND[kind];

/** Everything that this person might type, best first. */
export function examplesFor(person: string): readonly Example[] {
  const { steps: way = [], examples = [] } = placeFor(person, person === 'U0ERIN' ? 'shared' : 'open');
  const said = way.flatMap(({ say }) =>
    say === undefined ? [] : [{ text: say, explains: 'two people, with a reason' }],
  );
  return [...said, ...examples];
}
