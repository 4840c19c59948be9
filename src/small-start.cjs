'use strict';

// Starting makes far more than it keeps, and V8 holds on to that memory for as long as there is little to do: a sixth of what a
// bot that waits would take. So it is asked once, a moment after the start, to give it back. Figures: bench/README.md, "Memory".

var v8 = require('node:v8');
var vm = require('node:vm');

var STARTED_AFTER_MS = 2000;

setTimeout(function giveBack() {
  v8.setFlagsFromString('--expose-gc');
  vm.runInNewContext('gc')({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}, STARTED_AFTER_MS).unref();
