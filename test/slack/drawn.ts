import type { Card } from '../../src/core/cards/card.ts';
import { renderForm } from '../../src/slack/form.ts';
import { renderModal } from '../../src/slack/render.ts';
import type { Shown } from './every-card.ts';

export const isMessage = (shown: Shown): shown is Card => 'summary' in shown;

/** A window as Slack is given it. */
export const viewOf = (window: Exclude<Shown, Card>, timeZone: string) =>
  'fields' in window ? renderForm(window, timeZone) : renderModal(window, timeZone);
