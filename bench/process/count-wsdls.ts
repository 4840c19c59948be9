import { registerHooks } from 'node:module';

// Loaded into the bot where it is counted how often the SOAP package parses a WSDL text: adds one line to the package's file
// that does it, as it is loaded.
const PARSER = '/soap/lib/wsdl/index.js';
const COUNT = `
{
  const parse = exports.WSDL.prototype._parse;
  if (typeof parse !== 'function') throw new Error('the SOAP package parses in another place');
  exports.WSDL.prototype._parse = function (...given) {
    globalThis.parsedWsdls = (globalThis.parsedWsdls ?? 0) + 1;
    return parse.apply(this, given);
  };
}`;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(PARSER) || loaded.source === undefined || loaded.source === null) return loaded;
    return { ...loaded, source: `${String(loaded.source)}${COUNT}` };
  },
});
