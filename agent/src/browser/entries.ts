// Reads performance entries where the browser has them, and nothing where it does not.
import { attempt, guard } from './guard';

/** Entries of one type so far. */
export function entriesOf(type: string): PerformanceEntryList {
  return attempt(() => performance.getEntriesByType(type)) ?? [];
}

/** Calls back with every entry of the type, those from before included; returns what ends it. */
export function observeEntries(type: string, callback: (entries: PerformanceEntryList) => void): () => void {
  const observer = attempt(() => {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) return undefined;
    const created = new PerformanceObserver(guard((list: PerformanceObserverEntryList) => callback(list.getEntries())));
    created.observe({ type, buffered: true });
    return created;
  });
  return () => observer?.disconnect();
}

/** The document's navigation entry. Some browsers give times from the future or of nothing: those are not believed. */
// https://github.com/GoogleChrome/web-vitals/issues/137
export function navigationEntry(): PerformanceNavigationTiming | undefined {
  const entry = entriesOf('navigation')[0] as PerformanceNavigationTiming | undefined;
  return entry && entry.responseStart > 0 && entry.responseStart < performance.now() ? entry : undefined;
}

/** When a prerendered page was shown; 0 for all others. Not in TypeScript's DOM types yet. */
export function activationStart(entry: PerformanceNavigationTiming | undefined): number {
  return (entry as { activationStart?: number } | undefined)?.activationStart ?? 0;
}
