import type { Piece } from './spans.ts';

/** What the stars around a bold run add. */
const STARS = 2;

const isSpace = (piece: Piece): boolean => piece.out.trim() === '';

/** Pieces as one string; bold runs get their stars inside the spaces, since Slack draws no others. */
export function join(pieces: readonly Piece[]): string {
  let out = '';
  for (let at = 0; at < pieces.length; ) {
    const bold = pieces[at]?.bold === true;
    let run = '';
    for (; at < pieces.length && (pieces[at]?.bold === true) === bold; at += 1) run += pieces[at]?.out ?? '';
    const core = run.trim();
    out += !bold || core === '' || core.includes('*') ? run : run.replace(core, () => `*${core}*`);
  }
  return out;
}

/** The first pieces that make at most `max` characters, with "…" where some are missing. */
export function shorten(pieces: readonly Piece[], max: number): readonly Piece[] {
  const [whole, ...rest] = chunks(pieces, max);
  if (rest.length === 0) return whole ?? [];
  const [first] = chunks(pieces, max - 1);
  return [...(first ?? []), { out: '…', bold: false }];
}

/** Cuts a long text into texts of at most `max` characters, between words where there are any; drops empty ones. */
export function chunks(pieces: readonly Piece[], max: number): (readonly Piece[])[] {
  const found: (readonly Piece[])[] = [];
  let start = 0;
  while (start < pieces.length) {
    const end = endOfChunk(pieces, start, max);
    const chunk = trim(pieces.slice(start, end));
    if (chunk.length > 0) found.push(chunk);
    start = end;
  }
  return found;
}

function endOfChunk(pieces: readonly Piece[], start: number, max: number): number {
  let size = 0;
  let lastSpace = start;
  for (let at = start; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece === undefined) return at;
    const opens = piece.bold && (at === start || pieces[at - 1]?.bold !== true);
    size += piece.out.length + (opens ? STARS : 0);
    if (size > max) return lastSpace - start > (at - start) / 2 ? lastSpace : Math.max(at, start + 1);
    if (isSpace(piece)) lastSpace = at;
  }
  return pieces.length;
}

function trim(pieces: readonly Piece[]): readonly Piece[] {
  const first = pieces.findIndex((piece) => !isSpace(piece));
  if (first < 0) return [];
  return pieces.slice(first, pieces.findLastIndex((piece) => !isSpace(piece)) + 1);
}
