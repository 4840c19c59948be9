import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';

// Puts the program and its packages into a few files in place of the many that `tsc` wrote: starting it is mostly looking for
// files and reading them (bench/README.md, "Starting"). What is only needed later, SOAP above all, stays apart.

const built = fileURLToPath(new URL('../dist/', import.meta.url));

/**
 * What the SOAP package brings along and the bot never uses: an HTTP client (the bot has its own, which follows no redirect) and
 * signed messages. They would take more memory than all the rest of it. Each stands for an empty module, so that whoever comes
 * to use one fails at once.
 */
const UNUSED: ReadonlySet<string> = new Set(['axios', 'axios-ntlm', 'xml-crypto']);
const EMPTY = '\0empty';

const withoutUnused: Plugin = {
  name: 'without-unused',
  resolveId: (id) => (UNUSED.has(id) ? EMPTY : undefined),
  load: (id) => (id === EMPTY ? 'export {};' : undefined),
};

// Parts of an earlier build have other names.
rmSync(`${built}src/parts`, { recursive: true, force: true });

const bundle = await rolldown({
  input: { main: `${built}src/main.js` },
  platform: 'node',
  // The check of the Node version runs before; the driver is asked for only where it is installed.
  external: [/\/node-version\.cjs$/, 'pg-native'],
  plugins: [withoutUnused],
});
await bundle.write({
  dir: `${built}src`,
  format: 'esm',
  entryFileNames: 'main.js',
  chunkFileNames: 'parts/[name]-[hash].js',
  // V8 keeps the text of a program, in twice the memory where one letter of it is not ASCII.
  charset: 'ascii',
  // Names stay as they are, so that an error says where it comes from.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
});

// The files that the bundle was made of are not run any more. What is plain CommonJS runs before it, on any Node.
rmSync(`${built}commands`, { recursive: true });
for (const name of readdirSync(`${built}src`)) {
  if (name !== 'main.js' && name !== 'parts' && !name.endsWith('.cjs'))
    rmSync(`${built}src/${name}`, { recursive: true });
}
