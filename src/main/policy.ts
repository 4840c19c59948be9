import type { Variables } from '../config/environment.ts';
import { loadPolicyCases } from '../config/policy-cases-file.ts';
import { loadPolicy, loadSettings, settingsPath } from '../config.ts';
import { diffLines, diffPolicies } from '../core/policy/diff.ts';
import type { Finding } from '../core/policy/finding.ts';
import { findingLine, lintPolicy } from '../core/policy/lint.ts';
import type { Policy } from '../core/policy/policy.ts';
import { caseWords, differingCases } from '../core/policy/policy-cases.ts';
import { listed } from '../core/policy/words.ts';
import { explainPolicy } from './policy-explain.ts';
import { type Flags, readFlags } from './policy-flags.ts';
import { knownNow } from './policy-online.ts';
import { type Output, Refused, WrongUse } from './refused.ts';

export const POLICY_USAGE = `  superoffice-logoff policy check [--online] [--json]
      looks for rules that cannot be meant; exit code 1 where one is found
  superoffice-logoff policy explain --user U… --targets 101,102|everyone [--channel C…] [--group NAME] [--usergroup S…] [--reason TEXT] [--online]
      goes through the rules one by one, and says what would make it pass
  superoffice-logoff policy diff OLD.yml
      says what OLD.yml decides differently; what turns from no to yes comes first
  superoffice-logoff policy test CASES.yml
      asks the rules each question of a table; exit code 1 where an answer is another
      All of them: --settings FILE instead of logoff.yml or LOGOFF_CONFIG. Only --online asks Slack and SuperOffice.
`;

const SETTINGS = { settings: { type: 'string' } } as const;

/** `policy check|explain|diff|test`. Gives the exit code: 0 fine, 1 something was found, 2 it was used wrongly. */
export async function policyCommand(args: readonly string[], variables: Variables, output: Output): Promise<number> {
  const [name, ...rest] = args;
  try {
    switch (name) {
      case 'check':
        return await check(rest, variables, output);
      case 'explain':
        return await explainPolicy(rest, variables, output, readPolicy);
      case 'diff':
        return diff(rest, variables, output);
      case 'test':
        return test(rest, variables, output);
      default:
        throw new WrongUse(name === undefined ? 'say which: check, explain, diff or test' : `there is no "${name}"`);
    }
  } catch (error) {
    if (error instanceof Refused) output.complain(`${error.message}\n`);
    else if (error instanceof WrongUse) output.complain(`policy: ${error.message}.\n\n${POLICY_USAGE}`);
    else throw error;
    return 2;
  }
}

/** The rules of the settings file that is meant. Throws Refused. */
const readPolicy = (path: string): Policy => readWhole(path).policy;

function readWhole(path: string) {
  const loaded = loadPolicy(path);
  if (!loaded.ok) throw new Refused(loaded.report);
  return loaded;
}

/** Settings that were copied and not changed yet: nothing in them is wrong, but nobody has these values. */
function copied(values: readonly string[]): readonly Finding[] {
  if (values.length === 0) return [];
  const [have, them] = values.length === 1 ? ['stands', 'it'] : ['stand', 'them'];
  const say = `${listed(values)} ${have} in logoff.example.yml, and nobody has ${them}. Put your own there.`;
  return [{ code: 'from_example', severity: 'warning', say }];
}

const pathOf = (flags: Flags, variables: Variables): string => flags.text('settings') ?? settingsPath(variables);

async function check(args: readonly string[], variables: Variables, { out }: Output): Promise<number> {
  const options = { ...SETTINGS, online: { type: 'boolean' }, json: { type: 'boolean' } } as const;
  const flags = readFlags(args, options, []);
  const path = pathOf(flags, variables);
  const { policy, fromExample } = readWhole(path);
  const known = flags.isOn('online') ? await online(path, variables) : {};
  const findings = [...lintPolicy(policy, known), ...copied(fromExample)];
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (flags.isOn('json')) {
    out(`${JSON.stringify({ policy: policy.version, online: flags.isOn('online'), findings }, undefined, 2)}\n`);
  } else {
    for (const finding of findings) out(`${findingLine(finding)}\n`);
    const where = flags.isOn('online') ? '' : ' in the settings; --online looks at Slack and SuperOffice too';
    out(
      findings.length === 0 ? `Nothing found${where}.\n` : `${errors} errors, ${findings.length - errors} warnings.\n`,
    );
  }
  return errors === 0 ? 0 : 1;
}

async function online(path: string, variables: Variables) {
  const loaded = loadSettings({ ...variables, LOGOFF_CONFIG: path });
  if (!loaded.ok) throw new Refused(loaded.report);
  return await knownNow(loaded);
}

function diff(args: readonly string[], variables: Variables, { out }: Output): number {
  const flags = readFlags(args, SETTINGS, ['the old settings file']);
  const [before, now] = [readPolicy(flags.words[0] ?? ''), readPolicy(pathOf(flags, variables))];
  out(`${diffLines(diffPolicies(before, now)).join('\n')}\n`);
  return 0;
}

function test(args: readonly string[], variables: Variables, { out }: Output): number {
  const flags = readFlags(args, SETTINGS, ['the file with the cases']);
  const [path = ''] = flags.words;
  const loaded = loadPolicyCases(path);
  if (!loaded.ok) throw new Refused(loaded.report);
  const differing = differingCases(readPolicy(pathOf(flags, variables)), loaded.cases);
  for (const found of differing) out(`${path}:${loaded.lines[found.index]}  ${caseWords(found.case)}: ${found.say}\n`);
  out(`${loaded.cases.length} cases, ${differing.length} came out otherwise.\n`);
  return differing.length === 0 ? 0 : 1;
}
