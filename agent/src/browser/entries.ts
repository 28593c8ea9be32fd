// Reads performance entries where the browser has them, and nothing where it does not.
import { onStop } from '../running';
import { attempt, guard, now } from './guard';

/** Entries of one type so far. */
export function entriesOf(type: string): PerformanceEntryList {
  return attempt(() => performance.getEntriesByType(type)) ?? [];
}

/**
 * Calls back with every entry of the types, those from before included; undefined where the browser knows none of them.
 * The types are divided by spaces; several come in the order in which they ended. `options` are further ones of `observe`.
 */
export function openObserver(
  types: string,
  callback: (entries: PerformanceEntryList) => void,
  options?: object,
): PerformanceObserver | undefined {
  return attempt(() => {
    const known = types.split(' ').filter((type) => PerformanceObserver.supportedEntryTypes.includes(type));
    if (!known[0]) return undefined;
    const observer = new PerformanceObserver(
      guard((list: PerformanceObserverEntryList) => {
        const entries = list.getEntries();
        // https://github.com/w3c/performance-timeline/issues/224
        if (known[1]) entries.sort((a, b) => a.startTime + a.duration - (b.startTime + b.duration));
        callback(entries);
      }),
    );
    for (const type of known) observer.observe({ type, buffered: true, ...options });
    return observer;
  });
}

/** The same for one type, until the agent ends, or before by what is returned. */
export function observeEntries(
  type: string,
  callback: (entries: PerformanceEntryList) => void,
  options?: object,
): () => void {
  const observer = openObserver(type, callback, options);
  return onStop(() => observer?.disconnect());
}

/** The document's navigation entry. Some browsers give times from the future or of nothing: those are not believed. */
// https://github.com/GoogleChrome/web-vitals/issues/137
export function navigationEntry(): PerformanceNavigationTiming | undefined {
  const entry = entriesOf('navigation')[0] as PerformanceNavigationTiming | undefined;
  return entry && entry.responseStart > 0 && entry.responseStart < now() ? entry : undefined;
}

/** When a prerendered page was shown; 0 for all others. Not in TypeScript's DOM types yet. */
export function activationStart(entry: PerformanceNavigationTiming | undefined): number {
  return (entry as { activationStart?: number } | undefined)?.activationStart ?? 0;
}
