// Measures LCP, INP and CLS of the page by itself, so that an agent does not judge its own cost.
(() => {
  const SESSION_GAP_MILLIS = 1000;
  const SESSION_MAX_MILLIS = 5000;
  const worst = new Map();
  const shift = { value: 0, best: 0, first: 0, last: 0 };
  let largest = 0;

  const watch = (type, options, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });

  watch('largest-contentful-paint', {}, (entry) => (largest = entry.startTime));
  watch('event', { durationThreshold: 16 }, (entry) => {
    if (entry.interactionId) {
      worst.set(entry.interactionId, Math.max(worst.get(entry.interactionId) ?? 0, entry.duration));
    }
  });
  watch('layout-shift', {}, (entry) => {
    if (entry.hadRecentInput) return;
    const { startTime: at } = entry;
    const goesOn = at - shift.last < SESSION_GAP_MILLIS && at - shift.first < SESSION_MAX_MILLIS;
    shift.value = goesOn ? shift.value + entry.value : entry.value;
    if (!goesOn) shift.first = at;
    shift.last = at;
    shift.best = Math.max(shift.best, shift.value);
  });

  // Fewer than 50 interactions: INP is the longest of them.
  globalThis.benchVitals = () => ({
    lcp: largest,
    inp: Math.max(0, ...worst.values()),
    cls: shift.best,
    interactions: worst.size,
  });
})();
