import { expectTypeOf, test } from 'vitest';
import type { SlackEdge } from '../../src/slack/connect.ts';
import type { Log } from '../../src/slack/log.ts';
import type * as ports from '../../src/workflows/ports.ts';

test('what the edge gives and takes is what the workflows declare', () => {
  expectTypeOf<Log>().toExtend<ports.Log>();
  expectTypeOf<ports.Log>().toExtend<Log>();
  expectTypeOf<SlackEdge['messenger']>().toExtend<ports.Messenger>();
  expectTypeOf<ports.Messenger>().toExtend<SlackEdge['messenger']>();
  expectTypeOf<SlackEdge['directory']>().toExtend<ports.SlackDirectory>();
});
