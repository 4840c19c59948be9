import { makers, OF_A_RECORD, OTHERS, type Shown } from './every-card.ts';
import { everyRequest } from './sample-requests.ts';

type Sample = readonly [name: string, shown: Shown];

/** What there is to see of one maker, each once: of a request in every state, and what else it makes. */
function samplesOf(maker: string): readonly Sample[] {
  const ofRecord = OF_A_RECORD[maker];
  const all = [
    ...Object.entries(ofRecord === undefined ? {} : everyRequest).flatMap(([state, request]) =>
      (ofRecord?.(request) ?? []).map((shown, at): Sample => [at === 0 ? state : `${state} ${at + 1}`, shown]),
    ),
    ...(OTHERS[maker]?.() ?? []).map((shown, at): Sample => [`${at + 1}`, shown]),
  ];
  const seen = new Set<string>();
  return all.filter(([, shown]) => {
    const same = JSON.stringify(shown);
    if (seen.has(same)) return false;
    seen.add(same);
    return true;
  });
}

/** Everything that the program can show, by what makes it: a new maker is there by itself, and must have something to show. */
export const everySample: readonly (readonly [maker: string, samples: readonly Sample[]])[] = makers().map((maker) => [
  maker,
  samplesOf(maker),
]);
