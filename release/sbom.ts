import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLock, shippedPlaces } from './shipped.ts';

// `npm run sbom`: writes dist/sbom.cdx.json (CycloneDX), the list of all that ships. npm writes it, from a lock file that holds
// nothing else.
const npm = process.env['npm_execpath'];
if (npm === undefined) throw new Error('start this with `npm run sbom`');

const lock = readLock();
const { '': program, ...all } = lock.packages;
const shipped = new Set(shippedPlaces(lock));
const packages = Object.fromEntries(
  Object.entries(all).flatMap(([place, entry]) =>
    shipped.has(place) ? [[place, { ...entry, peerDependencies: undefined }]] : [],
  ),
);
const bare = { ...program, devDependencies: undefined };

const scratch = mkdtempSync(join(tmpdir(), 'logoff-sbom-'));
try {
  // npm calls the program by the name of its folder.
  const folder = join(scratch, lock.name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: lock.name, version: lock.version, ...bare }));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages: { '': bare, ...packages } }));
  const flags = ['--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const text = execFileSync(process.execPath, [npm, 'sbom', ...flags], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const target = new URL('../dist/sbom.cdx.json', import.meta.url);
  mkdirSync(new URL('.', target), { recursive: true });
  writeFileSync(target, text);
  process.stdout.write(`${fileURLToPath(target)}: ${shipped.size} packages\n`);
} finally {
  rmSync(scratch, { recursive: true });
}
