import { channels } from '../cast.ts';
import type { SeenMessage } from '../slack/persona/seen.ts';
import type { Stage } from '../stage.ts';
import type { Narrator } from './narrator.ts';

type Scene = (stage: Stage, story: Narrator) => Promise<void>;

const { helpdesk, approvals } = channels;

/** The newest message in a channel, as a person sees it, that has these words. */
function seen({ slack }: Stage, who: string, channel: string, words: string | RegExp): SeenMessage | undefined {
  const has = (text: string) => (typeof words === 'string' ? text.includes(words) : words.test(text));
  return slack
    .as(who)
    .sees(channel)
    .findLast(({ text }) => has(text));
}

const card = (stage: Stage, request: number): SeenMessage | undefined =>
  seen(stage, 'U0ALICE', approvals, `Request ${request}: log off`);

const locksOut: Scene = async (stage, story) => {
  story.chapter('Anna is locked out after a crash and logs her own session off');
  story.tell('Anna in #helpdesk: /logoff me');
  await stage.slack.as('U0ANNA').say(helpdesk, '/logoff me reason: locked out after a crash');
  await story.see('the channel reads "1 person logged off"', () =>
    seen(stage, 'U0ANNA', helpdesk, /Request 1: 1 person logged off/),
  );
  story.hold('NetServer was asked once, for associate 101', same(stage.netserver.calls('LogOffWindowsUsers'), [[101]]));
};

const nobodyAnswers: Scene = async (stage, story) => {
  story.chapter('Bob asks for Kim; nobody will answer this one (see below)');
  story.tell('Bob in #helpdesk: /logoff 105 reason: upgrade tonight');
  await stage.slack.as('U0BOB').say(helpdesk, '/logoff 105 reason: upgrade tonight');
  await story.see('the channel reads "waiting for approval"', () =>
    seen(stage, 'U0BOB', helpdesk, 'Request 2: waiting for approval'),
  );
};

const approved: Scene = async (stage, story) => {
  const { slack, netserver } = stage;
  story.chapter('Bob asks for two people; he cannot approve it himself, Alice does, and clicks twice');
  story.tell('Bob in #helpdesk: /logoff 102, 103 because they are locked out');
  await slack.as('U0BOB').say(helpdesk, '/logoff 102, 103 because they are locked out');
  const asked = await story.see('the card in #crm-approvals has an Approve button', () => {
    const found = card(stage, 3);
    return found?.buttons.includes('Approve') ? found : undefined;
  });
  if (asked === undefined) return;
  await slack.as('U0BOB').click(asked, 'Approve');
  await story.see('Bob is told that somebody else must decide', () =>
    seen(stage, 'U0BOB', approvals, 'somebody else must decide'),
  );
  const before = netserver.calls('LogOffWindowsUsers').length;
  const [first] = await Promise.all([
    slack.as('U0ALICE').click(asked, 'Approve'),
    slack.as('U0ALICE').click(asked, 'Approve'),
  ]);
  story.tell(`Alice was asked: "${first.dialog?.text ?? ''}"`);
  await story.see('the channel reads the result', () =>
    seen(stage, 'U0BOB', helpdesk, /Request 3: 1 person logged off, 1 person was not logged on/),
  );
  await story.see('the card names what happened to each person and who approved', () => {
    const text = card(stage, 3)?.text ?? '';
    return text.includes('logged off') && text.includes('was not logged on') && text.includes('Alice Lund');
  });
  story.hold(
    'the two clicks made one call, for the one who was on',
    same(netserver.calls('LogOffWindowsUsers').slice(before), [[102]]),
  );
};

const denied: Scene = async (stage, story) => {
  const { slack } = stage;
  story.chapter('Ola denies a request and says why');
  story.tell('Bob in #helpdesk: /logoff 104 reason: wants a break');
  await slack.as('U0BOB').say(helpdesk, '/logoff 104 reason: wants a break');
  const asked = await story.see('the card has a Deny button', () => {
    const found = card(stage, 4);
    return found?.buttons.some((label) => label.startsWith('Deny')) ? found : undefined;
  });
  if (asked === undefined) return;
  await slack.as('U0OLA').click(asked, { action_id: 'deny' });
  // It opens at once and is filled after.
  const filled = () =>
    slack
      .as('U0OLA')
      .modals()
      .findLast(({ submit }) => submit !== undefined);
  const modal = await story.see('a window asks Ola for the reason', filled);
  if (modal === undefined) return;
  await slack.as('U0OLA').submit(modal, { note: 'He is in a customer meeting.' });
  await story.see('the channel reads who denied it and why', () =>
    seen(stage, 'U0BOB', helpdesk, /Request 4: denied by @?Ola Nordmann.*customer meeting/s),
  );
};

const failing: Scene = async (stage, story) => {
  const { slack, netserver } = stage;
  story.chapter('NetServer says no: the bot has lost its rights');
  netserver.trouble('LogOffWindowsUsers', { kind: 'not-allowed' }, { times: 1 });
  await slack.as('U0BOB').say(helpdesk, '/logoff 104 reason: crashed');
  const asked = await story.see('the card is there', () => card(stage, 5));
  if (asked === undefined) return;
  await slack.as('U0ALICE').click(asked, 'Approve');
  await story.see('the channel reads that SuperOffice does not allow it', () =>
    seen(stage, 'U0BOB', helpdesk, /Request 5: SuperOffice does not allow the bot to do this.*still listed/),
  );
  story.hold('Bjørn is still logged on', netserver.isLoggedOn(104));
};

const yesButNothing: Scene = async (stage, story) => {
  const { slack, netserver } = stage;
  story.chapter('NetServer says yes but does nothing: the bot looks, and does not call that a success');
  netserver.trouble('LogOffWindowsUsers', { kind: 'no-effect' }, { times: 1 });
  await slack.as('U0BOB').say(helpdesk, '/logoff 104 reason: crashed again');
  const asked = await story.see('the card is there', () => card(stage, 6));
  if (asked === undefined) return;
  await slack.as('U0ALICE').click(asked, 'Approve');
  await story.see('the channel reads "still listed as logged on"', () =>
    seen(stage, 'U0BOB', helpdesk, /Request 6: 1 person still listed as logged on/),
  );
};

const refused: Scene = async (stage, story) => {
  const { slack, netserver } = stage;
  story.chapter('People who may not, and people who cannot be reached');
  const before = netserver.journal().length;
  await slack.as('U0GUS').say(helpdesk, '/logoff 102');
  await story.see('Gus, a guest, is refused privately', () => seen(stage, 'U0GUS', helpdesk, 'Only full members'));
  story.hold('nothing was looked up for him', netserver.journal().length === before);
  await slack.as('U0BOB').say(helpdesk, '/logoff 1 77 201 999');
  await story.see('Bob reads why nobody of these can be logged off', () =>
    seen(
      stage,
      'U0BOB',
      helpdesk,
      /protected.*bot's own account.*not an internal user.*nobody you may log off has this id/s,
    ),
  );
  await slack.as('U0BOB').say(helpdesk, '/logoff @jane');
  await story.see('a wrong word gets a sentence with what to type', () =>
    seen(stage, 'U0BOB', helpdesk, '"@jane" is not a mention'),
  );
};

const misspelt: Scene = async (stage, story) => {
  const { slack } = stage;
  story.chapter('A name that is not quite right is offered, never taken');
  story.tell('Bob in #helpdesk: /logoff jne.doe reason: crashed');
  await slack.as('U0BOB').say(helpdesk, '/logoff jne.doe reason: crashed');
  const offered = await story.see('Bob is privately offered Jane Doe', () =>
    seen(stage, 'U0BOB', helpdesk, 'Nobody is called exactly "jne.doe"'),
  );
  if (offered === undefined) return;
  await slack.as('U0BOB').click(offered, 'Jane Doe (102)');
  await story.see('pressing her name asks as if it had been typed', () => card(stage, 7));
  await slack.as('U0BOB').say(helpdesk, '/logoff cancel 7');
  await story.see('Bob takes it back', () => seen(stage, 'U0BOB', helpdesk, /Request 7: cancelled by/));
  await story.see('the card says so as well, and has no buttons any more', () => {
    const { text = '', buttons = [] } = card(stage, 7) ?? {};
    return text.includes('cancelled by') && buttons.length === 0;
  });
};

const expired: Scene = async (stage, story) => {
  story.chapter('Meanwhile nobody has answered the request for Kim');
  await story.see('the channel reads "Nobody answered", the card has no buttons any more', () => {
    const line = seen(stage, 'U0BOB', helpdesk, /Request 2: Nobody answered by .* Nothing was done\./);
    return line !== undefined && card(stage, 2)?.buttons.length === 0;
  });
  story.hold('Kim is still logged on', stage.netserver.isLoggedOn(105));
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The story, in order. Request numbers in the scenes follow from it. */
export const scenes: readonly Scene[] = [
  locksOut,
  nobodyAnswers,
  approved,
  denied,
  failing,
  yesButNothing,
  refused,
  misspelt,
  expired,
];
