'use strict';

// Lets Node keep what it compiled, so that the next start need not compile it again: from the sources that takes half of the
// time to "ready". Loaded after the version check, since an old Node has no such thing. Figures: bench/README.md, "Starting".
//
// It is kept inside the program's own folder and not where Node would keep it, in a folder that every user of the machine may
// write to: what lies there runs as the bot. Where the folder cannot be written, nothing is kept.

var path = require('node:path');

/** `src` of the sources; `dist/src` of the program as it is built. */
var isBuilt = path.basename(path.dirname(__dirname)) === 'dist';
require('node:module').enableCompileCache(
  path.join(__dirname, isBuilt ? '../..' : '..', 'node_modules', '.cache', 'superoffice-logoff'),
);
