import * as prom from 'prom-client';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { LOG_CODES } from '../../src/log/log-codes.ts';
import { createInstruments, PREFIX } from '../../src/runtime/metrics/instruments.ts';
import { projectFile } from '../architecture/source-files.ts';

const rule = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(['info', 'warning', 'critical']) }),
  annotations: z.strictObject({ summary: z.string().min(1), todo: z.string().min(1) }),
});
const file = z.strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule) })) });
const rules = file.parse(parse(projectFile('docs/alerts.example.yml'))).groups.flatMap((group) => group.rules);

/** The labels of each metric by its name; a histogram is asked for by its parts. */
async function known(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { registry: _, ...instruments } = createInstruments(prom);
  const found = new Map<string, readonly string[]>();
  for (const instrument of Object.values(instruments)) {
    const { name, type } = await instrument.get();
    const labels = z.object({ labelNames: z.array(z.string()) }).parse(instrument).labelNames;
    if (String(type) !== 'histogram') found.set(name, labels);
    else for (const part of ['_bucket', '_count', '_sum']) found.set(`${name}${part}`, labels);
  }
  return found;
}

/** What an expression asks for: a metric, with the labels that it is narrowed by. */
const selectors = (expr: string) =>
  Array.from(expr.matchAll(new RegExp(`(${PREFIX}\\w+)(?:\\{([^}]*)\\})?`, 'g')), ([, name = '', inside = '']) => ({
    name,
    labels: Array.from(inside.matchAll(/(\w+)=~?"/g), ([, label = '']) => label),
  }));

describe('the example alerts', () => {
  it('name metrics that there are, narrowed by labels that these have', async () => {
    const metrics = await known();
    expect(rules.length).toBeGreaterThan(8);
    for (const { alert, expr } of rules) {
      const asked = selectors(expr);
      if (alert !== 'LogoffBotDown') expect.soft(asked.length, alert).toBeGreaterThan(0);
      for (const { name, labels } of asked) {
        expect.soft([...metrics.keys()], alert).toContain(name);
        for (const label of labels) expect.soft(metrics.get(name) ?? [], `${alert}: ${name}`).toContain(label);
      }
    }
  });

  it('name log codes that there are', () => {
    const codes = new Set<string>([...LOG_CODES.error, ...LOG_CODES.warn]);
    const named = rules.flatMap(({ expr }) =>
      Array.from(expr.matchAll(/log_lines_total\{[^}]*code=~?"([^"]*)"/g), ([, list = '']) => list.split('|')),
    );
    expect(named.length).toBeGreaterThan(0);
    for (const code of named.flat()) expect.soft(codes).toContain(code);
  });

  it('are called differently, and each says what to do', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });
});
