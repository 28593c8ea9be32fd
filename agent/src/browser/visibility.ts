// Knows when the page is hidden, also before the agent arrived.
import { entriesOf } from './entries';
import { listen } from './listen';

/** Calls back when the page goes to the background or away. `pagehide` is for browsers that skip the other event. */
export function onHidden(callback: () => void): () => void {
  const stops = [
    listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'hidden') callback();
    }),
    listen(globalThis as unknown as EventTarget, 'pagehide', callback),
  ];
  return () => stops.forEach((stop) => stop());
}

/** Calls back when the page returns from the back/forward cache. */
export function onRestore(callback: (at: number) => void): () => void {
  return listen<PageTransitionEvent>(globalThis as unknown as EventTarget, 'pageshow', (event) => {
    if (event.persisted) callback(event.timeStamp);
  });
}

/** Whether the page was hidden at any time before `end`, as far as the browser or we have noticed. */
export function watchVisibility(): { hiddenBefore: (end: number) => boolean; stop: () => void } {
  const early = entriesOf('visibility-state').find((entry) => entry.name === 'hidden');
  let firstHidden = early?.startTime ?? (document.visibilityState === 'hidden' ? 0 : Infinity);
  const stop = onHidden(() => (firstHidden = Math.min(firstHidden, performance.now())));
  return { hiddenBefore: (end) => firstHidden < end, stop };
}

/** Runs the callback now, or when a prerendered page is shown; never when it never is. */
export function whenShown(callback: () => void): () => void {
  if (!(document as { prerendering?: boolean }).prerendering) {
    callback();
    return () => undefined;
  }
  return listen(document, 'prerenderingchange', callback, { once: true });
}
