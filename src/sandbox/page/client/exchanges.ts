import { byId, h, keep } from './dom.ts';
import { readExchange } from './server.ts';
import type { Told, ToldExchange } from './told.ts';

const AT_BOTTOM = 30;

/** XML with a line for each element, indented. */
function indented(xml: string): string {
  let depth = 0;
  return xml
    .replaceAll(/>\s*</g, '>\n<')
    .split('\n')
    .map((line) => {
      const isEnd = line.startsWith('</');
      if (isEnd) depth = Math.max(0, depth - 1);
      const drawn = `${'  '.repeat(depth)}${line}`;
      if (!isEnd && !line.includes('</') && !line.endsWith('/>') && !line.startsWith('<?')) depth += 1;
      return drawn;
    })
    .join('\n');
}

/** What came of it, in two or three words. */
function outcome({ status, succeeded, trouble }: ToldExchange): { readonly words: string; readonly kind: string } {
  if (status === undefined) return { words: 'no answer', kind: 'bad' };
  if (!succeeded) return { words: status === 200 ? 'not done' : `HTTP ${status}`, kind: 'bad' };
  return trouble === undefined ? { words: 'done', kind: 'good' } : { words: trouble.replaceAll('-', ' '), kind: 'odd' };
}

function drawExchange(exchange: ToldExchange, timeZone: string): HTMLElement {
  const { n, at, operation, service, ids, loggedOff } = exchange;
  const { words, kind } = outcome(exchange);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(new Date(at));
  const texts = h('div', { class: 'xml' });
  const open = async () => {
    if (!details.open || texts.childElementCount > 0) return;
    const { request, response } = await readExchange(n).catch(() => ({ request: 'gone', response: 'gone' }));
    texts.replaceChildren(
      h('h3', {}, 'Request'),
      h('pre', { tabindex: '0', 'aria-label': `Request ${n}` }, indented(request)),
      h('h3', {}, 'Answer'),
      h('pre', { tabindex: '0', 'aria-label': `Answer ${n}` }, response === '' ? '(none)' : indented(response)),
    );
    details.scrollIntoView({ block: 'nearest' });
  };
  const isLogOff = operation === 'LogOffWindowsUsers';
  const details = h(
    'details',
    { class: isLogOff ? 'exchange log-off' : 'exchange', ontoggle: () => void open() },
    h(
      'summary',
      { 'data-focus': `exchange-${n}`, title: `${service}.${operation}` },
      h('small', {}, time),
      h('span', { class: 'operation' }, operation || '(unknown)', isLogOff && ` [${ids.join(', ')}]`),
      h('span', { class: `outcome ${kind}` }, words),
      loggedOff.length > 0 && h('small', { class: 'effect' }, `logged off ${loggedOff.join(', ')}`),
    ),
    texts,
  );
  return h('li', {}, details);
}

/** Every exchange with NetServer, the newest last: what stands there does not move while one reads it. */
export function createExchanges() {
  const list = byId('exchanges');
  let seen = 0;
  return {
    update(told: Told) {
      const newest = told.exchanges.at(-1)?.n ?? 0;
      byId('exchange-count').textContent = String(newest);
      const wasAtBottom = list.scrollHeight - list.scrollTop - list.clientHeight < AT_BOTTOM;
      keep(
        list,
        told.exchanges,
        ({ n }) => ({ key: String(n), signature: String(n) }),
        (exchange) => drawExchange(exchange, told.timeZone),
      );
      const isReading = list.querySelector('details[open]') !== null;
      if (newest !== seen && (seen === 0 || (wasAtBottom && !isReading))) list.scrollTop = list.scrollHeight;
      seen = newest;
    },
  };
}
