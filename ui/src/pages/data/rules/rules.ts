// Rules for routes and for secrets as rows of a form, and back.
import type { RedactionRules, RouteRules } from '../../../api/types';
import { readNumber, type Typed, writeNumber } from '../../../state/form';

export interface Row {
  /** Of the row on the screen alone. */
  id: number;
  first: string;
  second: string;
}

export interface RoutesForm {
  rows: Row[];
  routesADay: string;
}

export interface SecretsForm {
  rows: Row[];
}

let last = 0;

export function newRow(first = '', second = ''): Row {
  last += 1;
  return { id: last, first, second };
}

const ROUTES_A_DAY = { min: 1, max: 20_000, empty: '2,000' };
const RULE_NAME = /^[a-z0-9_]{1,32}$/;

export function routesForm(rules: RouteRules): RoutesForm {
  return {
    rows: (rules.rules ?? []).map((rule) => newRow(rule.pattern, rule.template)),
    routesADay: writeNumber(rules.routes_a_day),
  };
}

/** Errors are by row, as `row-ID`, and `routesADay`. Rows that are empty as a whole are left out. */
export function readRoutes(form: RoutesForm, saved: RouteRules): Typed<RouteRules> {
  const errors: Record<string, string> = {};
  const rows = filled(form.rows);
  for (const row of rows) {
    const wrong =
      wrongWithPattern(row.first.trim()) ?? (row.second.trim() === '' ? 'Name the route these belong to.' : null);
    if (wrong) errors[`row-${row.id}`] = wrong;
  }
  const read = readNumber(form.routesADay, ROUTES_A_DAY);
  if ('error' in read) errors['routesADay'] = read.error;
  const rules = rows.map((row) => ({ pattern: row.first.trim(), template: row.second.trim() }));
  return {
    value: { ...saved, rules, routes_a_day: 'error' in read ? (saved.routes_a_day ?? null) : read.value },
    errors,
  };
}

function wrongWithPattern(pattern: string): string | null {
  if (!pattern.startsWith('/')) return 'A path begins with /, as /blog/*.';
  const segments = pattern.split('/').slice(1);
  const stars = segments.findIndex((segment) => segment === '**');
  if (stars >= 0 && stars < segments.length - 1) return '** stands for all that follows, so it must be last.';
  if (segments.some((segment) => segment.includes('*') && segment !== '*' && segment !== '**'))
    return '* stands for one whole segment between slashes.';
  return null;
}

export function describeRoutes(rules: RouteRules): Record<string, string> {
  const list = (rules.rules ?? []).map((rule, i) => [`Rule ${i + 1}`, `${rule.pattern} → ${rule.template}`]);
  return {
    ...Object.fromEntries(list),
    'Routes a day': rules.routes_a_day == null ? '2,000' : rules.routes_a_day.toLocaleString('en'),
  };
}

export function secretsForm(rules: RedactionRules): SecretsForm {
  return { rows: (rules.rules ?? []).map((rule) => newRow(rule.name, rule.pattern)) };
}

export function readSecrets(form: SecretsForm, saved: RedactionRules): Typed<RedactionRules> {
  const errors: Record<string, string> = {};
  const rows = filled(form.rows);
  const names = rows.map((row) => row.first.trim());
  for (const row of rows) {
    const name = row.first.trim();
    const wrong = !RULE_NAME.test(name)
      ? 'The name is 1 to 32 small letters, digits and _.'
      : names.indexOf(name) !== names.lastIndexOf(name)
        ? 'Another rule has this name.'
        : row.second.trim() === ''
          ? 'Write the expression that finds the secret.'
          : null;
    if (wrong) errors[`row-${row.id}`] = wrong;
  }
  // An expression is not trimmed: a blank in it may be meant.
  return { value: { ...saved, rules: rows.map((row) => ({ name: row.first.trim(), pattern: row.second })) }, errors };
}

export function describeSecrets(rules: RedactionRules): Record<string, string> {
  return Object.fromEntries((rules.rules ?? []).map((rule) => [rule.name, rule.pattern]));
}

const filled = (rows: Row[]) => rows.filter((row) => row.first.trim() !== '' || row.second.trim() !== '');

/** The row one place up or down; at an end it stays where it is. */
export function moved(rows: Row[], id: number, by: -1 | 1): Row[] {
  const from = rows.findIndex((row) => row.id === id);
  const to = from + by;
  const [row, other] = [rows[from], rows[to]];
  if (!row || !other) return rows;
  return rows.map((one, i) => (i === from ? other : i === to ? row : one));
}
