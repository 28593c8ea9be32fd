// How grave a log is, as one short word and a rank for its looks.

export interface Severity {
  word: string;
  rank: 'low' | 'plain' | 'warn' | 'bad';
}

const WORD_AT_MOST = 9;
/** OTLP's numbers: 1 trace, 5 debug, 9 info, 13 warn, 17 error, 21 fatal; 0 is unknown. */
const STEPS = [
  { from: 21, word: 'fatal', rank: 'bad' },
  { from: 17, word: 'error', rank: 'bad' },
  { from: 13, word: 'warn', rank: 'warn' },
  { from: 9, word: 'info', rank: 'plain' },
  { from: 5, word: 'debug', rank: 'low' },
  { from: 1, word: 'trace', rank: 'low' },
] as const;

/** The number decides, and names where the sender wrote no word; a word without a number is taken as it is. */
export function severityOf(text: string, number: number): Severity {
  const step =
    STEPS.find(({ from }) => number >= from) ?? STEPS.find(({ word }) => text.toLowerCase().startsWith(word));
  const said = [
    ...text
      .trim()
      .toLowerCase()
      .slice(0, WORD_AT_MOST * 2),
  ]
    .slice(0, WORD_AT_MOST)
    .join('');
  return { word: said || step?.word || 'unknown', rank: step?.rank ?? 'plain' };
}
