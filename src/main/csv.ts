/** Signs at the beginning of a cell that make a spreadsheet take it for a formula, also in their wide forms. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** Signs that are not to be seen but move a terminal's cursor or end a text; not tabs and line ends. */
const CONTROL = /(?![\t\r\n])\p{Cc}/gu;

/** A text that a spreadsheet shows as it is: without control characters, one that would be a formula with an apostrophe. */
export function harmless(text: string): string {
  const visible = text.replace(CONTROL, '');
  return FORMULA.test(visible) ? `'${visible}` : visible;
}

/** A line of CSV as RFC 4180 has it, with its line end. Cells are made harmless. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(cell: string): string {
  const text = harmless(cell);
  // Semicolons and tabs too: some spreadsheets take these for the separator.
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
