'use strict';

// Runs before anything else and on any Node, so it is written for old ones: no imports, no recent syntax.
// `node -r ./src/node-version.cjs src/main.ts` stops an old Node here, before it meets a file that it cannot read.

var MAJOR = 24;
var MINOR = 11;

/** The installed program is JavaScript in `dist`; there is no package beside it that brings a Node. */
var INSTALLED = /[\\/]dist[\\/]src$/.test(__dirname);

/**
 * What to do where this version of Node is too old; nothing where it will do.
 * @param {string} version such as "20.20.2"
 * @param {boolean} [installed] whether this is the installed program, and not the project's folder
 * @returns {string | undefined}
 */
function nodeProblem(version, installed) {
  var parts = String(version).replace(/^v/, '').split('.');
  var major = Number(parts[0]);
  var minor = Number(parts[1]);
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) return undefined;
  var problem = `SuperOffice log-off needs Node ${MAJOR}.${MINOR} or newer and this is ${version}: `;
  if (installed) return `${problem}install a newer Node, and see that it is the one found first (\`node --version\`).`;
  return `${problem}run \`npm ci\` (without --ignore-scripts), which installs the right Node beside the project, and start it with \`npm start\`, or install a newer Node.`;
}

var problem = nodeProblem(process.versions.node, INSTALLED);
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

require('./small-start.cjs');
require('./compile-cache.cjs');

module.exports = { nodeProblem: nodeProblem };
