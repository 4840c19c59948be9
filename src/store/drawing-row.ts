import { z } from 'zod';
import type { ChannelId, RequestId } from '../core/ids.ts';
import { channelIdSchema, requestIdSchema } from '../core/ids.ts';
import { type Place, placeSchema } from '../core/request/place.ts';
import type { Instant } from '../core/time.ts';
import { instantSchema } from '../core/time.ts';
import { canonical } from './canonical.ts';
import { jsonOf } from './request-row.ts';
import { StoreError } from './store-error.ts';
import type { DrawingRow } from './tables.ts';

/** What was drawn at one place, and where it stands. */
export interface Drawing {
  readonly request: RequestId;
  readonly place: Place;
  readonly version: number;
  readonly channel?: ChannelId;
  readonly ts?: string;
  readonly replyUrl?: { readonly url: string; readonly uses: number; readonly givenAt: Instant };
  readonly retryAt?: Instant;
  readonly failures: number;
  readonly shown?: string;
}

/** What is known of a place before anything was drawn there. */
export type FirstDrawing = Pick<Drawing, 'place'> & Partial<Pick<Drawing, 'channel' | 'ts' | 'replyUrl'>>;

const replySchema = z.object({ url: z.string(), uses: z.int().min(0), givenAt: instantSchema });

const drawingSchema = z.object({
  request: requestIdSchema,
  place: placeSchema,
  version: z.int().min(0),
  channel: channelIdSchema.nullable(),
  ts: z.string().nullable(),
  reply: replySchema.nullable(),
  retry_at: instantSchema.nullable(),
  failures: z.int().min(0),
  shown: z.string().nullable(),
});

type Columns = Omit<DrawingRow, 'request' | 'place' | 'wanted' | 'behind' | 'holder' | 'until'>;

/** A drawing's own columns; those of the claim and of what is wanted are the store's. */
export function toColumns(drawing: Partial<Drawing>): Columns {
  return {
    version: drawing.version ?? 0,
    channel: drawing.channel ?? null,
    ts: drawing.ts ?? null,
    reply: drawing.replyUrl === undefined ? null : canonical(drawing.replyUrl),
    retry_at: drawing.retryAt ?? null,
    failures: drawing.failures ?? 0,
    shown: drawing.shown ?? null,
  };
}

/** The drawing that a row keeps. Throws StoreError `bad_row` where it is none. */
export function toDrawing(row: DrawingRow): Drawing {
  const parsed = drawingSchema.safeParse({ ...row, reply: row.reply === null ? null : jsonOf(row.reply) });
  if (!parsed.success)
    throw new StoreError('bad_row', { where: `drawing of request ${row.request}`, cause: parsed.error });
  const { request, place, version, channel, ts, reply, retry_at, failures, shown } = parsed.data;
  return {
    request,
    place,
    version,
    ...(channel === null ? {} : { channel }),
    ...(ts === null ? {} : { ts }),
    ...(reply === null ? {} : { replyUrl: reply }),
    ...(retry_at === null ? {} : { retryAt: retry_at }),
    failures,
    ...(shown === null ? {} : { shown }),
  };
}
