// A change of an owner's time, for tests.
export const owner = (
  kind: 'gateway' | 'database' | 'browser',
  name: string,
  change: number,
  low: number,
  high: number,
) => ({
  owner: { kind, name },
  before: 100,
  now: 100 + change,
  change,
  change_low: low,
  change_high: high,
});
