// Knows when the page is hidden, also before the agent arrived.
import { entriesOf } from './entries';
import { listen } from './listen';

/**
 * Calls back when the page goes to the background or away. Some browsers fire only one of the two events, others both,
 * in either order: then the second call says `again`, and is the last chance for what came in between.
 */
export function onHidden(callback: (again: boolean) => void): () => void {
  const page = globalThis as unknown as EventTarget;
  let hidden = false;
  const hide = (): void => {
    const again = hidden;
    hidden = true;
    callback(again);
  };
  const stops = [
    listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'hidden') hide();
      else hidden = false;
    }),
    listen(page, 'pagehide', hide),
    listen(page, 'pageshow', () => (hidden = false)),
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
