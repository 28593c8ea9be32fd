// Visits of earlier days: the page's clock and those of the services are set back, for this visit only.

/** Runs in the page before anything else. */
export function setClockBack(days) {
  const lag = days * 24 * 3_600_000;
  const now = Date.now;
  Date.now = () => now() - lag;
  const origin = Object.getOwnPropertyDescriptor(Performance.prototype, 'timeOrigin');
  Object.defineProperty(Performance.prototype, 'timeOrigin', {
    configurable: true,
    get() {
      return origin.get.call(this) - lag;
    },
  });
}

/** The services hear of it by a header. Limen is not told the time of sending, or it would set a wrong clock right. */
export function rewrite(target, headers, days) {
  if (days === 0) return;
  headers['x-shop-days-behind'] = String(days);
  target.searchParams.delete('sent');
}
