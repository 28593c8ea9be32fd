// Long animation frames as the browser tells them, or long tasks where there are none.
import { openObserver } from '../browser/entries';

export const LONG_FRAME = 'long-animation-frame';

/** Reports every long frame, or every long task, as the browser's own entry. */
export function collectFrames(report: (frame: PerformanceEntry) => void): () => void {
  const take = (frames: PerformanceEntryList): void => frames.forEach((frame) => report(frame));
  const observer = openObserver(LONG_FRAME, take) ?? openObserver('longtask', take);
  return () => observer?.disconnect();
}
