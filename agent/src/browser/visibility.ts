// Knows when the page is hidden, also before the agent arrived.
import { activationStart, entriesOf, navigationEntry } from './entries';
import { listen } from './listen';

const page = globalThis as unknown as EventTarget;

/**
 * Calls back when the page goes to the background or away. Some browsers fire only one of the two events, others both,
 * in either order: then the second call says `again`, and is the last chance for what came in between.
 */
export function onHidden(callback: (again: boolean) => void): void {
  let hidden = false;
  const hide = (): void => {
    const again = hidden;
    hidden = true;
    callback(again);
  };
  listen(page, 'visibilitychange pagehide pageshow', ({ type }) => {
    if (type === 'pagehide' || isHidden()) hide();
    else hidden = false;
  });
}

/** Calls back when the page returns from the back/forward cache. */
export function onRestore(callback: (at: number) => void): () => void {
  return listen<PageTransitionEvent>(page, 'pageshow', (event) => {
    if (event.persisted) callback(event.timeStamp);
  });
}

export const isHidden = (): boolean => document.visibilityState === 'hidden';

/** When the page was first hidden: as the browser remembers it, as `noted` by the stub, or as it is now. */
export function firstHiddenTime(noted?: number): number {
  const shownAt = activationStart(navigationEntry());
  const states = entriesOf('visibility-state');
  // While it was prerendered it was hidden too; that does not count.
  const hidden = states.find(({ name, startTime }) => name === 'hidden' && startTime >= shownAt);
  return (hidden ? hidden.startTime : states[0] ? undefined : noted) ?? (isHidden() ? 0 : Infinity);
}

/** Runs the callback now, or when a prerendered page is shown; never when it never is. */
export function whenShown(callback: () => void): () => void {
  if ((document as { prerendering?: boolean }).prerendering)
    return listen(document, 'prerenderingchange', callback, { once: true });
  callback();
  return () => undefined;
}
