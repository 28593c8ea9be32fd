// A table as text for other programs: Markdown for a channel, CSV for a sheet. Cells may hold what strangers wrote.
export interface TextTable {
  columns: string[];
  rows: (string | number | null)[][];
}

/** What a sheet would run as a formula is marked as text by an apostrophe. */
const FORMULA = /^[=+\-@\t\r]/;

export function toCsv({ columns, rows }: TextTable): string {
  return [columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n';
}

export function toMarkdown({ columns, rows }: TextTable): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const numeric = columns.map(
    (_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number' || row[i] == null),
  );
  return [
    line(columns.map(markdownCell)),
    line(numeric.map((right) => (right ? '--:' : '---'))),
    ...rows.map((row) => line(row.map(markdownCell))),
    '',
  ].join('\n');
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function markdownCell(cell: string | number | null): string {
  if (cell === null) return '';
  const flat = String(cell).replace(/\s+/g, ' ').trim();
  return flat.replace(/[\\`*_{}[\]<>|#!~]/g, '\\$&');
}
