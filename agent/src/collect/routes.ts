// Changes of route inside one document: each is a view of its own, timed from the click that caused it.
import { A } from '../attributes.gen';
import { onHistoryChange, type HistoryChange } from '../browser/history';
import { now } from '../context/clock';
import { emitEvent } from '../context/emit';
import { active, markSent, noteEffect, openRoot, wait } from '../context/roots';
import { openView, touch, view, type View } from '../context/view';
import { CLICK_EFFECT_MILLIS } from '../limits';
import { redactRouteUrl } from '../privacy/url';
import { options } from '../running';
import { lastClickAt } from './clicks';

let route: string;
let hash: string;

export function collectRoutes(): void {
  route = routeNow();
  hash = location.hash;
  onHistoryChange(changed);
}

export const here = (): string => redactRouteUrl(location.href, options.hashRoutes);

function changed(change: HistoryChange, at: number): void {
  const before = route;
  const hashChanged = location.hash !== hash && location.hash !== '';
  noteEffect();
  hash = location.hash;
  route = routeNow();
  if (route === before) return;
  // A router that corrects itself while the page is still settling redirects; that is no step of the user.
  if (change === 'replace' && active && active.name !== 'click') {
    view.url = here();
    touch();
  } else beginRoute(at, change, hashChanged);
}

function beginRoute(at: number, change: HistoryChange, hashChanged: boolean): void {
  const click = active?.name === 'click' ? active : undefined;
  // A click that has settled before the router moved, after a timer or an animation, is still the cause.
  const recent = at - lastClickAt() <= CLICK_EFFECT_MILLIS ? lastClickAt() : at;
  const start = click?.start ?? recent;
  const opened = openView('route', start, here(), click?.instant);
  // A transition that another one cut short, or that the user did not wait for, has no time.
  const onEnd = (over: number | undefined): void => {
    if (over !== undefined) opened.measures.transition_time = Math.max(0, over - start);
    touch(opened);
  };
  if (click) {
    Object.assign(click, { name: 'routeChange', view: opened, onEnd });
    markSent(click);
    wait(click, 0);
  }
  const { traceId, spanId } = click ?? openRoot({ name: 'routeChange', view: opened, start, onEnd });
  opened.root = { traceId, spanId };
  tellNavigation(opened, change, hashChanged, true, Math.min(at, now()));
}

export function tellNavigation(
  view: View,
  type: string | undefined,
  hashChanged = false,
  sameDocument = false,
  at = view.start,
): void {
  emitEvent(
    A.EVENT_NAVIGATION,
    {
      [A.URL_FULL]: view.url,
      [A.NAVIGATION_SAME_DOCUMENT]: sameDocument,
      [A.NAVIGATION_HASH_CHANGE]: hashChanged,
      [A.NAVIGATION_TYPE]: type,
    },
    { view, instant: view.startInstant + (at - view.start) },
  );
}

/** What makes a route: the path, and the fragment when the page routes by it. The query filters, it does not lead. */
const routeNow = (): string => location.pathname + (options.hashRoutes ? location.hash.split('?', 1)[0] : '');
