import { closeSync, openSync, readSync } from 'node:fs';

/** Reads a whole file, or throws the error of the operating system. */
export type ReadFile = (path: string) => Uint8Array;

/** Far more than a settings file of a company with thousands of people needs. */
export const MAX_FILE_BYTES = 1_000_000;

const CHUNK = 64 * 1024;

/** Reads a file or a pipe, but never more than one byte past the limit: a device or a wrong path fills no memory. */
export const readBounded: ReadFile = (path) => {
  const file = openSync(path, 'r');
  try {
    const chunks: Uint8Array[] = [];
    let total = 0;
    while (total <= MAX_FILE_BYTES) {
      const chunk = new Uint8Array(Math.min(CHUNK, MAX_FILE_BYTES + 1 - total));
      const count = readSync(file, chunk);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      total += count;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(file);
  }
};

export type TextRead =
  | { readonly ok: true; readonly text: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly why: string; readonly missing?: true };

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'this account may not read it',
  EPERM: 'this account may not read it',
  EISDIR: 'it is a folder',
};

/** Reads a file as UTF-8 text (a byte order mark is dropped), or says in words why not. */
export function readText(path: string, readFile: ReadFile): TextRead {
  let bytes: Uint8Array;
  try {
    bytes = readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
    const why = REASONS[code] ?? `it cannot be read (${code})`;
    return code === 'ENOENT' ? { ok: false, why, missing: true } : { ok: false, why };
  }
  if (bytes.length > MAX_FILE_BYTES) return { ok: false, why: 'it is larger than 1 MB' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // UTF-16 without a mark reads as UTF-8 with a zero beside each letter.
    if (!text.includes('\0')) return { ok: true, bytes, text };
  } catch {
    // Said below.
  }
  return { ok: false, why: 'it is not UTF-8 text: save it as UTF-8' };
}
