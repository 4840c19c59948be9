import { describe, it } from 'vitest';
import { visitTheIll } from './clinic.ts';
import { ILL_AT_NETSERVER } from './ill-at-netserver.ts';
import { ILL_AT_SLACK } from './ill-at-slack.ts';

describe('the doctor at an installation with', () => {
  it.each([...ILL_AT_SLACK, ...ILL_AT_NETSERVER])('%s', visitTheIll);
});
