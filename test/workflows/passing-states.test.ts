import { describe, expect, test } from 'vitest';
import { settle } from '../test-clock.ts';
import { HALL } from './made-up-bot.ts';
import { plain } from './made-up-slack.ts';
import { makeWorld, policyOf } from './made-up-world.ts';

const NO_APPROVALS = policyOf({ rules: [{ name: 'alone', who: 'helpdesk', targets: 'any', approvals: 0 }] });

type World = Awaited<ReturnType<typeof makeWorld>>;
const line = (world: World) =>
  world.slack.messages.filter(({ channel }) => channel === HALL).map(({ card }) => plain(card).split('\n')[0]);
const drawings = (world: World) =>
  world.effects.filter((effect) => effect.startsWith('Slack') && effect.includes(HALL));

describe('a request that goes through several states at once', () => {
  test('is drawn once, as it is then', async () => {
    const world = await makeWorld({ policy: NO_APPROVALS });
    await world.say('U0BOB', '/logoff 101');
    expect(line(world)).toEqual(['Request 1: 1 person logged off']);
    expect(drawings(world)).toEqual([`Slack posts in ${HALL}`]);
  });

  test('is drawn in between where a state lasts, a quarter of a second after it began', async () => {
    const world = await makeWorld({ policy: NO_APPROVALS });
    const goOn = world.troubles.hang('logOff');
    await world.say('U0BOB', '/logoff 101');
    expect(line(world)).toEqual([]);
    await world.clock.advance(249);
    expect(line(world)).toEqual([]);
    await world.clock.advance(1);
    expect(line(world)).toEqual(['Request 1: asking SuperOffice to log off 1 person']);
    goOn();
    await settle();
    expect(line(world)).toEqual(['Request 1: 1 person logged off']);
  });

  test('leaves no timer behind for what was drawn meanwhile', async () => {
    const world = await makeWorld({ policy: NO_APPROVALS });
    const before = world.clock.waiting();
    await world.say('U0BOB', '/logoff 101');
    // One for the next look, as somebody who was seen gone is watched for a while.
    expect(world.clock.waiting()).toBe(before + 1);
  });
});

describe('what the rules let somebody do alone', () => {
  test('is looked up once before, and all of it again right before the call', async () => {
    const world = await makeWorld({ policy: NO_APPROVALS });
    const calls: string[] = [];
    const { netserver } = world;
    const { findAssociates, whoIsOn, logOff } = netserver;
    netserver.findAssociates = (ids) => {
      calls.push('who they are');
      return findAssociates(ids);
    };
    netserver.whoIsOn = () => {
      calls.push('who is on');
      return whoIsOn();
    };
    netserver.logOff = (ids, may) => {
      calls.push('log off');
      return logOff(ids, may);
    };
    await world.say('U0BOB', '/logoff 101');
    expect(calls).toEqual(['who they are', 'who they are', 'who is on', 'log off', 'who is on']);
  });
});
