import { type PolicyCase, policyCasesSchema } from '../core/policy/policy-cases.ts';
import { describePath } from './problem.ts';
import { type ReadFile, readBounded, readText } from './read-bounded.ts';
import { writeReport } from './report.ts';
import { findings, sentence } from './sentences.ts';
import { readYaml } from './yaml-file.ts';

export type CasesLoaded =
  | { readonly ok: true; readonly cases: readonly PolicyCase[]; readonly lines: readonly number[] }
  | { readonly ok: false; readonly report: string };

/** Reads a table of cases for the rules; `lines` says on which line each begins. Refused: a report of all problems. */
export function loadPolicyCases(path: string, readFile: ReadFile = readBounded): CasesLoaded {
  const file = readText(path, readFile);
  const refuse = (lines: Parameters<typeof writeReport>[0]): CasesLoaded => ({
    ok: false,
    report: writeReport(lines, []).replace('in the settings', 'in the cases'),
  });
  if (!file.ok) return refuse([{ where: path, what: `cannot be used: ${file.why}` }]);
  const yaml = readYaml(file.text);
  if (yaml.broken.length > 0) {
    return refuse(yaml.broken.map(({ place, message }) => ({ where: path, place, what: message })));
  }
  const result = policyCasesSchema.safeParse(yaml.value, { error: sentence });
  const problems = [...yaml.problems, ...(result.success ? [] : findings(result.error.issues))];
  if (!result.success || problems.length > 0) {
    return refuse(
      problems.map(({ path: at, message, onKey }) => ({
        where: path,
        place: yaml.locate(at, onKey),
        what: at.length === 0 ? `the file ${message}` : `${describePath(at)}: ${message}`,
      })),
    );
  }
  return { ok: true, cases: result.data, lines: result.data.map((_, index) => yaml.locate([index]).line) };
}
