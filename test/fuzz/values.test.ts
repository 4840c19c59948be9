import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCommand } from '../../src/core/grammar.ts';
import { MAX_ASSOCIATE_ID } from '../../src/core/ids.ts';
import { slashPayloadSchema } from '../../src/core/slash-payload.ts';
import { formValues, parseAssociate, shownForm } from '../../src/slack/form-state.ts';
import { actorOf, messageOf, metadataOf, parseRequest } from '../../src/slack/payload.ts';
import { mutated } from './mutate.ts';
import { anyCommand, anyValue, bounded, COMMANDS } from './nasty.ts';

const isId = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_ASSOCIATE_ID;

it('what a button or an option holds is a whole id or nothing', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const associate = parseAssociate(value);
      if (associate !== undefined) expect(String(associate)).toBe(value);
      const request = parseRequest(value);
      if (request !== undefined) expect(String(request)).toBe(String(value));
    }),
    bounded(500),
  );
});

it('what is filled into a window is ids and texts of ours, whatever its state holds', () => {
  const view = {
    callback_id: 'compose',
    private_metadata: '{"kind":"compose","channel":"C0HELPDESK","page":0,"group":4}',
    state: {
      values: {
        people: { people: { selected_options: [{ text: { text: 'Jane Doe' }, value: '102' }] } },
        group: { group: { selected_option: { text: { text: 'Sales' }, value: '4' } } },
        text: { text: { value: 'locked out' } },
      },
    },
  };
  fc.assert(
    fc.property(fc.oneof(mutated(view), anyValue), (any) => {
      const values = formValues(any);
      for (const { id, label } of values.people) expect([isId(id), typeof label]).toEqual([true, 'string']);
      if (values.group !== undefined) expect(Number.isSafeInteger(values.group.id)).toBe(true);
      if (values.text !== undefined) expect(typeof values.text).toBe('string');
      const shown = shownForm(any);
      if (shown !== undefined)
        expect([shown.kind, shown.channel, shown.page >= 0]).toEqual([
          expect.stringMatching(/^(compose|who)$/),
          expect.stringMatching(/^[CGD][A-Z0-9]+$/),
          true,
        ]);
    }),
    bounded(500),
  );
});

it('who did something, where, and about which request is known exactly or not at all', () => {
  const body = {
    user: { id: 'U0BOB', team_id: 'T0NORTH' },
    team: { id: 'T0NORTH' },
    container: { channel_id: 'C0APPROVALS', message_ts: '1.2' },
    view: { callback_id: 'deny', private_metadata: '{"request":1,"kind":"deny","page":0}' },
  };
  fc.assert(
    fc.property(fc.oneof(mutated(body), anyValue), (any) => {
      const who = actorOf(any);
      if (who !== undefined)
        expect([who.slack, typeof who.team]).toEqual([expect.stringMatching(/^[UW][A-Z0-9]+$/), 'string']);
      const message = messageOf(any);
      if (message !== undefined) expect(message.channel).toMatch(/^[CGD][A-Z0-9]+$/);
      const view: unknown = typeof any === 'object' && any !== null ? Reflect.get(any, 'view') : any;
      const meta = metadataOf(view);
      if (meta !== undefined) expect(Number.isSafeInteger(meta.request) && meta.request >= 1).toBe(true);
      slashPayloadSchema.safeParse(any);
    }),
    bounded(500),
  );
});

it('a command is understood or not; what is understood holds whole ids only', () => {
  for (const text of COMMANDS) looksRight(text);
  fc.assert(fc.property(anyCommand, looksRight), bounded(500));
});

function looksRight(text: string): void {
  const parsed = parseCommand(text);
  if (!parsed.ok || parsed.command.kind !== 'logoff') return;
  const { who } = parsed.command;
  expect(who.length).toBeGreaterThan(0);
  for (const one of who) if (one.kind === 'id') expect(isId(one.id)).toBe(true);
}
