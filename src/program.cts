#!/usr/bin/env node
// What the installed `superoffice-logoff` starts. An import is resolved before anything runs, and an old Node fails at modules
// that it does not have; so the version is looked at first.
require('./node-version.cjs');

void import('./main.ts');
