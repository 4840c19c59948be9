import { availableParallelism } from 'node:os';
import { groups } from './figures.ts';
import { type Figure, isReached, widened } from './measure/figure.ts';
import { randomFrom } from './measure/random.ts';
import { type Circumstances, jsonOf, tableOf } from './measure/report.ts';
import { readOptions } from './options.ts';
import { planOf } from './plan.ts';

const begun = performance.now();
const { mode, json, only, seed } = readOptions(process.argv.slice(2));
const tell = (words: string) => void process.stderr.write(`· ${words}\n`);
const plan = planOf(mode, randomFrom(seed), tell);

const figures: Figure[] = [];
for (const { name, checked, measure } of groups) {
  if (mode === 'check' && !checked) continue;
  if (only !== undefined && !name.includes(only)) continue;
  figures.push(...(await measure(plan)));
}
const shown = mode === 'check' ? figures.map(widened) : figures;
const circumstances: Circumstances = {
  mode,
  node: process.version,
  cpus: availableParallelism(),
  seconds: Math.round((performance.now() - begun) / 1_000),
  seed,
};
if (json) process.stdout.write(`${jsonOf(shown, circumstances)}\n`);
else {
  process.stdout.write(`${tableOf(shown)}\n\n`);
  const { node, cpus, seconds } = circumstances;
  const wide = mode === 'check' ? '; targets, or what misses them already, three times as wide' : '';
  process.stdout.write(`${mode} run on Node ${node}, ${cpus} cores, ${seconds} s, seed ${seed}${wide}\n`);
}
// Figures that miss their target are a result like others, except where the run is a check.
process.exit(mode === 'check' && !shown.every(isReached) ? 1 : 0);
