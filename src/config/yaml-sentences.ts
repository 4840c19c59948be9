import type { ErrorCode } from 'yaml';

const FITS_NOT = 'does not fit the lines around it: check the indentation, the colons, brackets and quotes nearby';

const SENTENCES: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'a value that starts with * or & has a meaning of its own in YAML: put it in quotes',
  BAD_COLLECTION_TYPE: 'a word that starts with ! has a meaning of its own in YAML: remove it or put it in quotes',
  BAD_DQ_ESCAPE: 'a backslash means something else in double quotes: use single quotes',
  BAD_INDENT: 'the indentation does not fit the lines around it, or a closing ] or } is missing',
  BAD_SCALAR_START: 'a text cannot start with this sign: put it in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'does not fit the line before it: check the indentation, and put a text that holds ": " in quotes',
  KEY_OVER_1024_CHARS: 'this key is too long',
  MISSING_CHAR: 'a quote, bracket, comma or colon is missing here or just before: close what was opened',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line with its colon: check this line and the one before it',
  MULTIPLE_DOCS: 'a second document starts here: remove the line ---',
  NON_STRING_KEY: 'a key must be a plain word',
  RESOURCE_EXHAUSTION: 'is nested too deeply',
  TAB_AS_INDENT: 'a tab is used to indent: use spaces',
  TAG_RESOLVE_FAILED: 'a word that starts with ! has a meaning of its own in YAML: remove it or put it in quotes',
};

/** What to do about a file that is no YAML, in words. Never quotes the file. */
export const yamlSentence = (code: ErrorCode): string => SENTENCES[code] ?? FITS_NOT;
