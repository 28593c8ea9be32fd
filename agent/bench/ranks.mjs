// Statistics of the harness: medians, and the Mann-Whitney test of whether two samples differ in place.

export const sorted = (values) => [...values].sort((one, other) => one - other);

export function median(values) {
  const inOrder = sorted(values);
  const middle = inOrder.length >> 1;
  return inOrder.length % 2 === 1 ? inOrder[middle] : (inOrder[middle - 1] + inOrder[middle]) / 2;
}

/**
 * Two-sided Mann-Whitney U test by the normal approximation, with ties at their middle rank, the variance corrected
 * for them, and half a rank for continuity. Good from about ten values a side.
 */
export function mannWhitney(ones, others) {
  const all = [...ones.map((value) => ({ value, one: true })), ...others.map((value) => ({ value, one: false }))];
  all.sort((a, b) => a.value - b.value);
  let rankSum = 0;
  let tieSum = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to].value === all[from].value) to += 1;
    const rank = (from + 1 + to) / 2;
    rankSum += rank * all.slice(from, to).filter(({ one }) => one).length;
    tieSum += (to - from) ** 3 - (to - from);
    from = to;
  }
  const [n, m, total] = [ones.length, others.length, all.length];
  const u = rankSum - (n * (n + 1)) / 2;
  const variance = ((n * m) / 12) * (total + 1 - tieSum / (total * (total - 1)));
  if (variance === 0) return { u, p: 1 };
  const z = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / Math.sqrt(variance);
  return { u, p: Math.min(1, 2 * upperTail(z)) };
}

/**
 * By how much the ones are above the others: Hodges-Lehmann's median of all differences, with the interval that the
 * same test would not reject at 5 %.
 */
export function shift(ones, others) {
  const differences = sorted(ones.flatMap((one) => others.map((other) => one - other)));
  const [n, m] = [ones.length, others.length];
  const reach = 1.96 * Math.sqrt((n * m * (n + m + 1)) / 12);
  const low = Math.max(0, Math.floor((n * m) / 2 - reach));
  return { by: median(differences), low: differences[low], high: differences[differences.length - 1 - low] };
}

/** P(Z > z) of the standard normal distribution, for z >= 0: Abramowitz and Stegun 7.1.26, good to 1.5e-7. */
function upperTail(z) {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return (series * Math.exp(-x * x)) / 2;
}
