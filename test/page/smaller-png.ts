import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** By what a note in a picture is found again. */
const NOTE = 'Comment\0';
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** How many colours a palette holds. */
const PALETTE = 256;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

const nearer = (left: number, up: number, corner: number): number => {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
};

/** The chunks of a PNG, by type. */
function* chunksOf(png: Buffer): Generator<readonly [type: string, data: Buffer]> {
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    yield [png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at))];
  }
}

/** What `smallerPng` was told to note in a picture. */
export function noteIn(png: Buffer): string | undefined {
  for (const [type, data] of chunksOf(png)) {
    const text = data.toString('latin1');
    if (type === 'tEXt' && text.startsWith(NOTE)) return text.slice(NOTE.length);
  }
  return undefined;
}

/** The pixels of a PNG that a browser made: 8 bits, RGB or RGBA, not interlaced. Throws for any other. */
function pixelsOf(png: Buffer) {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const step = { 2: 3, 6: 4 }[png[25] ?? 0];
  if (step === undefined || png[24] !== 8 || png[28] !== 0) throw new Error('a PNG of another kind');
  const data = [...chunksOf(png)].flatMap(([type, part]) => (type === 'IDAT' ? [part] : []));
  const raw = inflateSync(Buffer.concat(data));
  const line = width * step;
  const out = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)];
    for (let x = 0; x < line; x += 1) {
      const at = y * line + x;
      const left = x < step ? 0 : (out[at - step] ?? 0);
      const up = y === 0 ? 0 : (out[at - line] ?? 0);
      const corner = x < step || y === 0 ? 0 : (out[at - line - step] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, nearer(left, up, corner)][filter ?? 0] ?? 0;
      out[at] = ((raw[y * (line + 1) + 1 + x] ?? 0) + guess) & 255;
    }
  }
  return { width, height, step, out };
}

type Distance = (a: number, b: number) => number;

/** The colours that matter most: those of many pixels, and those unlike any other. */
function paletteOf(counts: ReadonlyMap<number, number>, distance: Distance): readonly number[] {
  const left = [...counts].map(([colour, count]) => ({ colour, count, off: Number.POSITIVE_INFINITY }));
  const palette: number[] = [];
  while (palette.length < PALETTE) {
    let worst = left[0];
    for (const each of left) if (worst === undefined || each.off * each.count > worst.off * worst.count) worst = each;
    if (worst === undefined || worst.off === 0) break;
    palette.push(worst.colour);
    for (const each of left) each.off = Math.min(each.off, distance(each.colour, worst.colour));
  }
  return palette;
}

/**
 * The same picture in a palette of 256 colours; the others, shades at the edges of letters, become the nearest one. A
 * third of the size, and hardly to be told apart. The note is kept in it.
 */
export function smallerPng(png: Buffer, note: string): Buffer {
  const { width, height, step, out } = pixelsOf(png);
  const colourAt = (at: number): number => ((out[at] ?? 0) << 16) | ((out[at + 1] ?? 0) << 8) | (out[at + 2] ?? 0);
  const counts = new Map<number, number>();
  for (let at = 0; at < out.length; at += step) counts.set(colourAt(at), (counts.get(colourAt(at)) ?? 0) + 1);
  const distance: Distance = (a, b) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
  const palette = paletteOf(counts, distance);
  const indices = new Map<number, number>();
  for (const colour of counts.keys()) {
    const far = palette.map((each) => distance(each, colour));
    indices.set(colour, far.indexOf(Math.min(...far)));
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1)
      rows[y * (width + 1) + 1 + x] = indices.get(colourAt((y * width + x) * step)) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('tEXt', Buffer.from(NOTE + note, 'latin1')),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
