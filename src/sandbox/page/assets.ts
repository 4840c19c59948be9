import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

export interface Asset {
  readonly type: string;
  readonly body: Buffer;
}

const sandbox = fileURLToPath(new URL('../', import.meta.url));
/** What the page shares with the local Slack. */
const SHARED = ['slack/date-tokens.ts', 'slack/json.ts'];
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  css: 'text/css',
  svg: 'image/svg+xml',
  ts: 'text/javascript',
};

/** The files of the page by their path; TypeScript with its types taken out, nothing bundled, nothing from elsewhere. */
export function pageAssets(): ReadonlyMap<string, Asset> {
  const own = readdirSync(`${sandbox}page/client`).map((name) => `page/client/${name}`);
  const assets = [...own, ...SHARED].flatMap((path): (readonly [string, Asset])[] => {
    const type = TYPES[path.split('.').at(-1) ?? ''];
    if (type === undefined) return [];
    const text = readFileSync(`${sandbox}${path}`, 'utf8');
    // Where types stood there are spaces now; those at the ends of lines are of no use.
    const body = path.endsWith('.ts') ? stripTypeScriptTypes(text).replaceAll(/[ \t]+$/gm, '') : text;
    return [[`/${path}`, { type: `${type}; charset=utf-8`, body: Buffer.from(body) }]];
  });
  const files = new Map(assets);
  const index = files.get('/page/client/index.html');
  if (index === undefined) throw new Error('the page has no index.html');
  return files.set('/', index);
}
