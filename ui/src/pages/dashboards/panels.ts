// Panels of a dashboard: new ones, their names, their order, and dashboards from and to files.
import type { Dashboard, Panel } from '../../api/dashboards';
import { DIMENSION_NAMES } from '../../format/text';
import { VITAL_NAMES } from '../../format/vital';
import type { Metric } from '../../api/types';
import type { Dimension } from '../../state/report';

export type Kind = Panel['kind'];
export const KINDS: readonly { kind: Kind; word: string }[] = [
  { kind: 'vital', word: 'A vital over time' },
  { kind: 'traffic', word: 'Traffic' },
  { kind: 'breakdown', word: 'Values of a dimension' },
  { kind: 'metric', word: 'A metric of services' },
  { kind: 'sql', word: 'The answer to SQL' },
  { kind: 'text', word: 'A note' },
];
export const PANELS_MAX = 24;
const FILE_BYTES_MAX = 256 * 1024;

const FIRST_STATEMENT = `SELECT route, count() AS views
FROM views FINAL
WHERE app = {app} AND start >= {from} AND start < {to}
GROUP BY route
ORDER BY views DESC
LIMIT 10`;

/** What a panel of a kind begins with. */
export function blank(kind: Kind): Panel {
  const width = kind === 'text' || kind === 'breakdown' ? 1 : 2;
  if (kind === 'vital') return { kind, width, metric: 'lcp' };
  if (kind === 'breakdown') return { kind, width, metric: 'lcp', dimension: 'country' };
  if (kind === 'metric') return { kind, width, metric: 'http.server.request.duration' };
  if (kind === 'sql') return { kind, width, text: FIRST_STATEMENT };
  return kind === 'text' ? { kind, width, text: 'What to know about this dashboard.' } : { kind, width };
}

export function titleOf(panel: Panel): string {
  if (panel.title) return panel.title;
  if (panel.kind === 'vital') return VITAL_NAMES[panel.metric as Metric] ?? 'Vital';
  if (panel.kind === 'breakdown') return `By ${(DIMENSION_NAMES[panel.dimension as Dimension] ?? '').toLowerCase()}`;
  if (panel.kind === 'metric') return panel.metric ?? '';
  return { traffic: 'Traffic', sql: 'SQL', text: 'Note' }[panel.kind];
}

/** The panel one place earlier or later; as it was at the ends. */
export function moved(panels: readonly Panel[], at: number, by: 1 | -1): Panel[] {
  const to = at + by;
  const result = [...panels];
  const [panel] = result.splice(at, 1);
  if (!panel || to < 0 || to > result.length) return [...panels];
  result.splice(to, 0, panel);
  return result;
}

/** A dashboard from the text of a file. What it may hold is for the server to say. */
export function imported(text: string): Dashboard {
  if (text.length > FILE_BYTES_MAX) throw new Error('The file is larger than a dashboard can be.');
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Error('The file is not JSON. Choose one that “Export” has written.');
  }
  const { name, panels } = (found ?? {}) as Partial<Dashboard>;
  if (typeof name !== 'string' || !Array.isArray(panels))
    throw new Error('The file holds no dashboard: it has no name and panels.');
  return found as Dashboard;
}

export function fileNameOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${plain.slice(0, 60) || 'dashboard'}.json`;
}

/** Puts application and time where a statement asks for them. Both are ours: the time is a date, the application a slug. */
export function statementOf(text: string, about: { app: string; from: string; to: string }): string {
  const time = (iso: string) => `parseDateTime64BestEffort('${new Date(iso).toISOString()}', 9)`;
  return text
    .replaceAll('{app}', `'${about.app.replace(/[^\w-]/g, '')}'`)
    .replaceAll('{from}', time(about.from))
    .replaceAll('{to}', time(about.to));
}
