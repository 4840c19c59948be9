import { z } from 'zod';
import type { Deed, Done, Place, WorldDeed } from './client/told.ts';
import type { LocalWorld } from './local-world.ts';
import { type Reads, readKey } from './tell.ts';
import { type TroubleName, troubleNames } from './troubles.ts';

const json = z.record(z.string(), z.unknown());
const filling = z.union([z.string(), json, z.array(json)]);
const place = z.union([
  z.strictObject({ channel: z.string(), ts: z.string(), blocks: z.array(json) }),
  z.strictObject({ view: z.string() }),
]);
const spot = z.strictObject({ block_id: z.string(), action_id: z.string() });
const words = z.record(z.string(), z.string()).default({});

const deed = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('say'), channel: z.string(), text: z.string().min(1).max(8_000) }),
  z.strictObject({ do: z.literal('read'), channel: z.string(), ts: z.string() }),
  z.strictObject({ do: z.literal('press'), place, spot, values: words }),
  z.strictObject({ do: z.literal('choose'), place, spot, choice: filling, values: words }),
  z.strictObject({ do: z.literal('suggest'), place, spot, query: z.string().max(500) }),
  z.strictObject({ do: z.literal('submit'), view: z.string(), values: z.record(z.string(), filling) }),
  z.strictObject({ do: z.literal('close'), view: z.string() }),
]) satisfies z.ZodType<Deed>;

const isTrouble = (name: string): name is TroubleName => troubleNames.has(name);

const worldDeed = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('log_on'), id: z.int(), on: z.boolean() }),
  z.strictObject({ do: z.literal('switch'), name: z.string().refine(isTrouble), on: z.boolean() }),
  z.strictObject({ do: z.literal('expire_tickets') }),
  z.strictObject({ do: z.literal('kill_bot') }),
  z.strictObject({ do: z.literal('start_bot') }),
  z.strictObject({
    do: z.literal('forward'),
    ms: z
      .int()
      .positive()
      .max(30 * 86_400_000),
  }),
]) satisfies z.ZodType<WorldDeed>;

/** What the page asked for, checked; throws a ZodError. */
export const readDeed = (body: unknown) => deed.parse(body);
export const readWorldDeed = (body: unknown) => worldDeed.parse(body);

/** Carries out what a person does in Slack. What Slack itself would not let them do comes back in words. */
export async function carryOut(
  world: LocalWorld,
  me: string,
  wanted: z.infer<typeof deed>,
  reads: Reads,
): Promise<Done> {
  try {
    return await act(world, me, wanted, reads);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function act({ slack }: LocalWorld, me: string, wanted: z.infer<typeof deed>, reads: Reads): Promise<Done> {
  const person = slack.as(me);
  /** What is typed but not yet sent goes with the next press, as in Slack. */
  const type = async (where: Place, values: Readonly<Record<string, string>>) => {
    if ('view' in where) await person.fillIn(where.view, values);
  };
  switch (wanted.do) {
    case 'say':
      await person.say(wanted.channel, wanted.text);
      return {};
    case 'read':
      reads.set(readKey(me, wanted.channel), wanted.ts);
      return {};
    case 'press':
      await type(wanted.place, wanted.values);
      return answered(await person.click(wanted.place, wanted.spot));
    case 'choose':
      await type(wanted.place, wanted.values);
      return answered(await person.choose(wanted.place, wanted.spot, wanted.choice));
    case 'suggest':
      return { suggested: await person.suggested(wanted.place, wanted.spot, wanted.query) };
    case 'submit': {
      const { errors } = await person.submit(wanted.view, wanted.values);
      return { errors };
    }
    case 'close':
      await person.close(wanted.view);
      return {};
    default:
      return wanted satisfies never;
  }
}

const answered = ({ sent, acknowledged }: { readonly sent: boolean; readonly acknowledged: boolean }): Done =>
  sent && !acknowledged ? { problem: 'The app did not answer. It may not be running; try again.' } : {};

/** Changes the world around the bot. */
export async function changeWorld(world: LocalWorld, wanted: z.infer<typeof worldDeed>): Promise<void> {
  const { netserver, keeper, switches } = world;
  switch (wanted.do) {
    case 'log_on':
      if (wanted.on) netserver.logOn(wanted.id);
      else netserver.logOffDirectly(wanted.id);
      return;
    case 'switch':
      return await switches.set(wanted.name, wanted.on);
    case 'expire_tickets':
      return netserver.expireTickets();
    case 'kill_bot':
      return await keeper.kill();
    case 'start_bot':
      return await keeper.start();
    case 'forward':
      return await world.goForward(wanted.ms);
    default:
      return wanted satisfies never;
  }
}
