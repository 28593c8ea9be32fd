// Tells when the URL changed without a new document: by the Navigation API where there is one, else by patching history.
import { guard } from './guard';
import { listen } from './listen';

export type HistoryChange = 'push' | 'replace' | 'traverse';
type Callback = (change: HistoryChange, at: number) => void;

export function onHistoryChange(callback: Callback): () => void {
  const safe = guard(callback);
  const navigation = (globalThis as { navigation?: EventTarget }).navigation;
  return navigation ? followNavigation(navigation, safe) : followHistory(safe);
}

// `currententrychange` fires synchronously, after the URL has changed and before pushState returns.
function followNavigation(navigation: EventTarget, callback: Callback): () => void {
  return listen<Event & { navigationType?: string | null }>(navigation, 'currententrychange', (event) => {
    const type = event.navigationType;
    if (type === 'push' || type === 'replace' || type === 'traverse') callback(type, event.timeStamp);
  });
}

// Own properties on the history object shadow its prototype, which stays as it was.
function followHistory(callback: Callback): () => void {
  const undo = [patch('pushState', 'push', callback), patch('replaceState', 'replace', callback)];
  const page = globalThis as unknown as EventTarget;
  undo.push(listen(page, 'popstate', (event) => callback('traverse', event.timeStamp)));
  return () => undo.forEach((stop) => stop());
}

function patch(name: 'pushState' | 'replaceState', change: HistoryChange, callback: Callback): () => void {
  const native = history[name];
  const wrapped: History['pushState'] = function (this: History, ...args) {
    native.apply(this, args);
    callback(change, performance.now());
  };
  history[name] = wrapped;
  return () => {
    if (history[name] === wrapped) history[name] = native;
  };
}
