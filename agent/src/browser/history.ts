// Tells when the URL changed without a new document: by the Navigation API where there is one, else by patching history.
import { guard, now } from './guard';
import { listen } from './listen';
import { wrap } from './wrap';

export type HistoryChange = 'push' | 'replace' | 'traverse';
type Callback = (change: HistoryChange, at: number) => void;

export function onHistoryChange(callback: Callback): void {
  const safe = guard(callback);
  const navigation = (globalThis as { navigation?: EventTarget }).navigation;
  if (navigation) followNavigation(navigation, safe);
  else followHistory(safe);
}

// `currententrychange` fires synchronously, after the URL has changed and before pushState returns.
function followNavigation(navigation: EventTarget, callback: Callback): void {
  listen<Event & { navigationType?: string | null }>(navigation, 'currententrychange', (event) => {
    const type = event.navigationType;
    if (type && type !== 'reload') callback(type as HistoryChange, event.timeStamp);
  });
}

function followHistory(callback: Callback): void {
  const page = globalThis as unknown as EventTarget;
  wrap(History.prototype, 'pushState', undefined, () => callback('push', now()));
  wrap(History.prototype, 'replaceState', undefined, () => callback('replace', now()));
  listen(page, 'popstate', (event) => callback('traverse', event.timeStamp));
}
