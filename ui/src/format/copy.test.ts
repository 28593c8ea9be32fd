// Copied tables keep their columns whatever is written in them.
import { describe, expect, it } from 'vitest';
import { toCsv, toMarkdown } from './copy';

const table = {
  columns: ['Route', 'Views'],
  rows: [
    ['/a,b', 3],
    ['say "hi"\nthere', null],
    ['=cmd|calc', -2],
  ] as (string | number | null)[][],
};

describe('toCsv', () => {
  it('quotes what would end a cell, and disarms formulas but not numbers', () => {
    expect(toCsv(table)).toBe('Route,Views\r\n"/a,b",3\r\n"say ""hi""\nthere",\r\n\'=cmd|calc,-2\r\n');
  });
});

describe('toMarkdown', () => {
  it('keeps one line a row and markup as text', () => {
    const rows = [['<img src=x>|**b**\n`c`', 1]] as (string | number | null)[][];
    expect(toMarkdown({ columns: ['Name', 'n'], rows })).toBe(
      '| Name | n |\n| --- | --: |\n| \\<img src=x\\>\\|\\*\\*b\\*\\* \\`c\\` | 1 |\n',
    );
  });
});
