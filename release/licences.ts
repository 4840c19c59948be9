import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { licenceReport, licenceText } from './licence-report.ts';
import { readLock, shippedPlaces } from './shipped.ts';

// `npm run licences`: says under which licences the packages are that ship, and ends with 1 where one is not allowed.
const root = fileURLToPath(new URL('..', import.meta.url));

const packages = shippedPlaces(readLock())
  .map((place) => join(root, place))
  // Optional ones that this machine has no use for.
  .filter((folder) => existsSync(folder))
  .map((folder) => {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return {
      ...licenceText(manifest),
      hasText: readdirSync(folder).some((name) => /^(licen[cs]e|copying)/i.test(name)),
    };
  });

const { lines, refused } = licenceReport(packages);
process.stdout.write(`${lines.join('\n')}\n`);
process.exit(refused.length === 0 ? 0 : 1);
