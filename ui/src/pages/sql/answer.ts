// The answer to a free question as text, and questions to begin with.

/** A value of a cell as people read it: text as it is, NULL as nothing, all else as JSON. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export const isNumber = (type: string) => /^(Nullable\()?(LowCardinality\()?(U?Int|Float|Decimal)/.test(type);

export const EXAMPLES: readonly { word: string; sql: string }[] = [
  {
    word: 'LCP by browser version',
    sql: `SELECT browser, browser_version, count() AS views,
  quantileExactWeighted(0.75)(assumeNotNull(lcp), toUInt64(round(weight * 1024))) AS p75_lcp
FROM views FINAL
WHERE start > now() - INTERVAL 1 DAY AND lcp IS NOT NULL AND weight > 0
GROUP BY browser, browser_version
ORDER BY views DESC`,
  },
  {
    word: 'Slowest statements',
    sql: `SELECT service, db_statement, count() AS calls, quantile(0.95)(duration_nano) / 1e6 AS p95_ms
FROM spans FINAL
WHERE start > now() - INTERVAL 1 DAY AND db_statement != ''
GROUP BY service, db_statement
ORDER BY p95_ms DESC`,
  },
  {
    word: 'Events by name',
    sql: `SELECT name, sum(weight) AS events, uniq(session_id) AS sessions
FROM events FINAL
WHERE time > now() - INTERVAL 1 DAY
GROUP BY name
ORDER BY events DESC`,
  },
];
