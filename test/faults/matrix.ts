import { httpFaults } from './http.ts';
import { inputFaults } from './input.ts';
import { awayFaults } from './netserver-away.ts';
import { callFaults } from './netserver-call.ts';
import { doorFaults } from './netserver-door.ts';
import type { Fault } from './row.ts';
import { refusalFaults } from './slack-says-no.ts';
import { socketFaults } from './socket.ts';
import { webApiFaults } from './web-api.ts';

/** Everything that is made to go wrong, door by door. */
export const matrix: readonly Fault[] = [
  ...socketFaults,
  ...httpFaults,
  ...webApiFaults,
  ...refusalFaults,
  ...callFaults,
  ...awayFaults,
  ...doorFaults,
  ...inputFaults,
];
