// Adds up how long the main thread was blocked, by long animation frames or, where there are none, long tasks.
import * as A from '../attributes.gen';
import { observeEntries } from '../browser/entries';
import { attempt } from '../browser/guard';
import type { Views } from '../context/view';

export interface BlockingDeps {
  views: Views;
}

/** A task blocks with what it takes beyond this. */
const TASK_FREE_MILLIS = 50;

export function collectBlocking({ views }: BlockingDeps): () => void {
  const types = attempt(() => PerformanceObserver.supportedEntryTypes) ?? [];
  const type = ['long-animation-frame', 'longtask'].find((each) => types.includes(each));
  if (!type) return () => undefined;
  return observeEntries(type, (entries) => {
    const view = views.current();
    for (const entry of entries) {
      if (entry.startTime < view.start) continue;
      const frame = entry as { blockingDuration?: number };
      const blocked = frame.blockingDuration ?? Math.max(0, entry.duration - TASK_FREE_MILLIS);
      const before = view.measures[A.VIEW_BLOCKING_TIME];
      view.measures[A.VIEW_BLOCKING_TIME] = (typeof before === 'number' ? before : 0) + blocked;
      views.touch(view);
    }
  });
}
