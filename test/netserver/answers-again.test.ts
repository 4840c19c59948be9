import { describe, expect, test } from 'vitest';
import { associateId } from '../../src/core/ids.ts';
import { always, connected, failure, ids } from './connected.ts';
import { kind, refused, rows, type Script, soap, startScripted } from './scripted-server.ts';

/** Answers log-offs and looks with these, one after the other; the last one again and again. */
function inTurn(operation: string, answers: readonly ReturnType<typeof soap>[]): Script {
  const good = kind();
  let at = 0;
  return (call) => {
    if (call.operation !== operation) return good(call);
    const answer = answers[Math.min(at, answers.length - 1)];
    at += 1;
    return answer ?? {};
  };
}

const DONE = soap('<LogOffWindowsUsersResponse/>');
const REFUSED = soap('<LogOffWindowsUsersResponse/>', { header: refused('SoSentryException') });

describe('an answer that NetServer gave before, letter by letter', () => {
  test('is fetched each time: nobody is called logged off by what was seen earlier', async () => {
    const looks = [
      rows(['[I:101]', '[I:102]']),
      rows(['[I:101]', '[I:102]']),
      rows(['[I:102]']),
      rows(['[I:101]', '[I:102]']),
    ];
    await using server = await startScripted(inTurn('GetArchiveListByColumns', looks));
    await using netServer = connected(server.url);
    const seen = [];
    for (const _ of looks) seen.push([...(await netServer.whoIsOn())]);
    expect(seen).toEqual([[101, 102], [101, 102], [102], [101, 102]]);
    expect(server.count('GetArchiveListByColumns')).toBe(4);
  });

  test('means what it meant before, success or refusal, whichever came in between', async () => {
    await using server = await startScripted(inTurn('LogOffWindowsUsers', [DONE, REFUSED, DONE, REFUSED, DONE]));
    await using netServer = connected(server.url);
    const ends: string[] = [];
    for (let call = 0; call < 5; call += 1) {
      ends.push(
        await netServer.logOff(ids(101), always).then(
          () => 'done',
          (error) => error.code,
        ),
      );
    }
    expect(ends).toEqual(['done', 'not_allowed', 'done', 'not_allowed', 'done']);
    expect(server.count('LogOffWindowsUsers')).toBe(5);
  });

  test('is nothing to go by under another HTTP status, type or operation', async () => {
    const body = DONE.body ?? '';
    const answers = [DONE, { ...DONE, headers: { 'content-type': 'text/html' } }, { ...DONE, status: 302 }, { body }];
    await using server = await startScripted(inTurn('LogOffWindowsUsers', answers));
    await using netServer = connected(server.url);
    await netServer.logOff(ids(101), always);
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'not_soap', executed: 'maybe' });
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'redirect', executed: 'maybe' });
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'no_verdict', executed: 'maybe' });
  });

  test('is taken afresh where one letter differs', async () => {
    const other = { ...DONE, body: String(DONE.body).replace('>true<', '>True<') };
    await using server = await startScripted(inTurn('LogOffWindowsUsers', [DONE, DONE, other, DONE]));
    await using netServer = connected(server.url);
    await netServer.logOff(ids(101), always);
    await netServer.logOff(ids(101), always);
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'no_verdict' });
    await netServer.logOff(ids(101), always);
  });

  test('does not spoil for others what one of them does with the people in it', async () => {
    await using server = await startScripted(inTurn('GetArchiveListByColumns', [rows(['[I:101]', '[I:102]'])]));
    await using netServer = connected(server.url);
    const first = new Set(await netServer.whoIsOn());
    first.delete(associateId(101));
    expect(await netServer.whoIsOn()).toEqual(new Set(ids(101, 102)));
  });

  test('holds no ticket: a logon is read anew each time', async () => {
    const dead = soap('<LogOffWindowsUsersResponse/>', { header: refused('SoSessionException') });
    await using server = await startScripted(inTurn('LogOffWindowsUsers', [dead, DONE]));
    await using netServer = connected(server.url);
    await netServer.logOff(ids(101), always);
    expect(server.count('AuthenticateUsernamePassword')).toBe(2);
    expect((await netServer.self()).associateId).toBe(77);
  });
});
