import { h } from './dom.ts';
import type { ToldChannel } from './told.ts';

const SIGNS: Readonly<Record<ToldChannel['kind'], string>> = { open: '#', private: '', shared: '⇄', direct: '●' };

/** The sign before a channel's name; the one for private channels is drawn by the style sheet. */
export const channelSign = (kind: ToldChannel['kind']): HTMLElement =>
  h('span', { class: `sign ${kind}`, 'aria-hidden': 'true' }, SIGNS[kind]);
