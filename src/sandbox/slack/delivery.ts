import type { Json } from './json.ts';

/** What Slack sends to the app. */
export interface Delivery {
  readonly kind: 'slash_commands' | 'interactive' | 'events_api';
  readonly payload: Json;
}

/** How the app took it. */
export interface Acknowledgement {
  readonly acknowledged: boolean;
  /** Real milliseconds until it was acknowledged or given up. */
  readonly ms: number;
  /** What came with the acknowledgement; empty where nothing did. */
  readonly body: Json;
  /** What the person sees instead: too late, or nobody there (or an HTTP status that is not 200). */
  readonly problem?: 'operation_timeout' | 'dispatch_failed';
  /** Over HTTP. */
  readonly status?: number;
}

/** How a delivery differs from an honest one (HTTP only: Socket Mode has no signatures). */
export interface DeliveryOptions {
  readonly signature?: 'good' | 'tampered' | 'missing';
  /** Seconds since 1970; now, if not said. Slack's clock here is the real one, since the app compares with its own. */
  readonly timestamp?: number;
  readonly contentType?: string;
}

export type Deliver = (delivery: Delivery, options?: DeliveryOptions) => Promise<Acknowledgement>;

/** True for payloads whose acknowledgement may carry an answer. */
export function takesAnswer(delivery: Delivery): boolean {
  if (delivery.kind === 'slash_commands') return true;
  const type = delivery.payload['type'];
  return type === 'view_submission' || type === 'block_suggestion';
}
