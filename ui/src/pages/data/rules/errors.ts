// Rules for errors as rows of a form, and back: `type:ChunkLoadError message:"Loading*"` becomes a group or noise.
import type { ErrorRules } from '../../../api/types';
import type { Typed } from '../../../state/form';
import { newRow, type Row } from './rules';

export interface ErrorsForm {
  rows: Row[];
}

type Rule = ErrorRules['rules'][number];
const FIELDS = ['type', 'message', 'file', 'function'] as const;
type Field = (typeof FIELDS)[number];
export const NOISE = 'noise';
const TERM = /(\w+):(?:"((?:[^"\\]|\\.)*)"|(\S+))/y;

const quoted = (value: string) => (/^[^\s"\\]+$/.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`);

export function sayMatch(rule: Rule): string {
  return FIELDS.flatMap((field) => (rule[field] ? [`${field}:${quoted(rule[field])}`] : [])).join(' ');
}

/** The fields that a row names, or what is wrong with it. */
export function readMatch(text: string): Partial<Record<Field, string>> | string {
  const found: Partial<Record<Field, string>> = {};
  let rest = text.trim();
  while (rest !== '') {
    TERM.lastIndex = 0;
    const term = TERM.exec(rest);
    if (!term) return 'Write type:, message:, file: or function:, each with a text; * stands for any part of it.';
    const field = FIELDS.find((name) => name === term[1]);
    if (!field) return `There is no ${term[1]}: there are type, message, file and function.`;
    if (found[field] !== undefined) return `${field} is there twice.`;
    found[field] = term[2] === undefined ? (term[3] ?? '') : term[2].replace(/\\(.)/g, '$1');
    rest = rest.slice(term[0].length).trimStart();
  }
  if (Object.values(found).every((value) => /^\**$/.test(value))) return 'That matches every error.';
  return found;
}

export function errorsForm({ rules }: ErrorRules): ErrorsForm {
  return { rows: (rules ?? []).map((rule) => newRow(sayMatch(rule), rule.noise ? NOISE : (rule.group ?? ''))) };
}

export function readErrors(form: ErrorsForm, saved: ErrorRules): Typed<ErrorRules> {
  const errors: Record<string, string> = {};
  const rules: Rule[] = [];
  for (const row of form.rows) {
    const [first, second] = [row.first.trim(), row.second.trim()];
    if (first === '' && second === '') continue;
    const match = readMatch(first);
    if (typeof match === 'string') errors[`row-${row.id}`] = match;
    else if (second === '') errors[`row-${row.id}`] = 'Name the group, or write noise.';
    else {
      const none = { type: null, message: null, file: null, function: null };
      rules.push({ ...none, ...match, group: second === NOISE ? null : second, noise: second === NOISE });
    }
  }
  return { value: { ...saved, rules }, errors };
}

export function describeErrors({ rules }: ErrorRules): Record<string, string> {
  const list = (rules ?? []).map((rule, i) => [
    `Rule ${i + 1}`,
    `${sayMatch(rule)} → ${rule.noise ? NOISE : rule.group}`,
  ]);
  return Object.fromEntries(list) as Record<string, string>;
}
