// How sure a share is: the interval in which it lies 95 times of 100.

const Z = 1.96;

/** Wilson's interval, which stays between 0 and 1 and says something of small samples too; null where nothing was counted. */
export function intervalOfShare(share: number, n: number): { from: number; to: number } | null {
  if (n <= 0) return null;
  const square = Z ** 2 / n;
  const middle = (share + square / 2) / (1 + square);
  const reach = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n));
  return { from: Math.max(0, middle - reach), to: Math.min(1, middle + reach) };
}
