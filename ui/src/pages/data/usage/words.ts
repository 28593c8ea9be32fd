// Names of what is stored and sent, as people read them.
export const SIGNAL_NAMES: Record<string, string> = {
  logs: 'Views, events and logs',
  traces: 'Spans',
  metrics: 'Metrics',
};

export const TABLE_NAMES: Record<string, string> = {
  views: 'Views',
  events: 'Events',
  spans: 'Spans',
  logs: 'Logs',
  metrics: 'Metrics',
  metric_points: 'Metrics',
};

export function tableName(table: string): string {
  return TABLE_NAMES[table] ?? table;
}

export const WARNING_NAMES: Record<string, string> = {
  routes: 'Too many routes',
  event_names: 'Too many names of events',
  attribute_values: 'An attribute with too many values',
};

/** The server's hints are parts of sentences: here they stand alone. */
export function sentence(hint: string): string {
  return hint.charAt(0).toUpperCase() + hint.slice(1).replace(/([^.!?])$/, '$1.');
}
