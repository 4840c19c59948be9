import { z } from 'zod';

/** Licences that allow use and passing on with no more than the notice kept. Anything else is for somebody to look at. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
]);

const UNSTATED = 'none stated';

const typed = z.object({ type: z.string() }).transform(({ type }) => type);
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), typed]).optional(),
  // How it was written long ago.
  licenses: z.array(typed).optional(),
});

export interface Licensed {
  /** As "name@version". */
  readonly name: string;
  /** An SPDX expression, or what stands there instead. */
  readonly licence: string;
  /** Whether the package brings the text of its licence. */
  readonly hasText: boolean;
}

/** What a package.json says of its licence. */
export function licenceText(manifest: unknown): Omit<Licensed, 'hasText'> {
  const { name, version, license, licenses } = manifestSchema.parse(manifest);
  return { name: `${name}@${version}`, licence: license ?? (licenses?.join(' OR ') || UNSTATED) };
}

/** Of alternatives one is enough; of licences that hold together each must be allowed. */
export function isAllowed(expression: string): boolean {
  return expression
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => ALLOWED.has(licence.trim())));
}

/** A line for each licence, the most frequent first; then what is not allowed, and what brings no text. */
export function licenceReport(packages: readonly Licensed[]): {
  readonly lines: readonly string[];
  readonly refused: readonly string[];
} {
  const byLicence = Object.entries(Object.groupBy(packages, ({ licence }) => licence))
    .map(([licence, group = []]) => ({ licence, names: group.map(({ name }) => name) }))
    .sort((a, b) => b.names.length - a.names.length || (a.licence < b.licence ? -1 : 1));
  const refused = packages
    .filter(({ licence }) => !isAllowed(licence))
    .map(({ name, licence }) => `${name}: ${licence}`);
  const silent = packages.filter(({ hasText }) => !hasText).map(({ name }) => name);
  return {
    refused,
    lines: [
      `${packages.length} packages ship.`,
      ...byLicence.map(({ licence, names }) => `${licence} (${names.length}): ${names.join(', ')}`),
      ...(silent.length === 0 ? [] : [`Without a file of the licence's text: ${silent.join(', ')}`]),
      ...(refused.length === 0 ? ['All of these licences are allowed.'] : [`NOT ALLOWED: ${refused.join('; ')}`]),
    ],
  };
}
