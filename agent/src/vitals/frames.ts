// Long animation frames as the browser tells them, by one observer for all who ask; long tasks where there are none.
import { observeEntries } from '../browser/entries';
import { guard } from '../browser/guard';

type Taker = (frames: PerformanceEntryList) => void;

const TYPE = 'long-animation-frame';
const takers = new Set<Taker>();
let stopObserving: () => void;

/** Those who ask in the same task miss none; later ones get what comes from then on. */
export function takeFrames(callback: Taker): () => void {
  const taker = guard(callback);
  if (!takers.size) stopObserving = observeEntries(TYPE, (frames) => takers.forEach((each) => each(frames)));
  takers.add(taker);
  return () => {
    if (takers.delete(taker) && !takers.size) stopObserving();
  };
}

/** Reports every long frame, or every long task, as the browser's own entry. */
export function collectFrames(report: (frame: PerformanceEntry) => void): () => void {
  const each: Taker = (frames) => frames.forEach(report);
  return PerformanceObserver.supportedEntryTypes.includes(TYPE) ? takeFrames(each) : observeEntries('longtask', each);
}
