// Changes of route inside one document: each is a view of its own, timed from the click that caused it.
import * as A from '../attributes.gen';
import { onHistoryChange, type HistoryChange } from '../browser/history';
import type { Clock } from '../context/clock';
import type { Roots } from '../context/roots';
import type { Settled } from '../context/settle';
import type { Emit } from '../context/stamp';
import { redactRouteUrl } from '../context/url';
import type { View, Views } from '../context/view';
import { CLICK_CAUSES_ROUTE_MILLIS } from '../limits';

export interface RoutesDeps {
  clock: Clock;
  roots: Roots;
  views: Views;
  hashRoutes: boolean;
  lastClickAt: () => number | undefined;
}

export function collectRoutes(emit: Emit, deps: RoutesDeps): () => void {
  const { clock, roots, views, hashRoutes } = deps;
  let route = routeOf(location, hashRoutes);
  let hash = location.hash;

  return onHistoryChange((change, at) => {
    const hashChanged = location.hash !== hash && location.hash !== '';
    hash = location.hash;
    const next = routeOf(location, hashRoutes);
    if (next === route) return;
    route = next;
    const url = redactRouteUrl(location.href, hashRoutes);
    const active = roots.active();
    // A router that corrects itself while the page is still settling redirects; that is no step of the user.
    if (change === 'replace' && active && active.kind !== 'click') {
      const view = views.current();
      view.url = url;
      views.touch(view);
      return;
    }
    beginRoute(url, at, change, hashChanged);
  });

  function beginRoute(url: string, at: number, change: HistoryChange, hashChanged: boolean): void {
    const active = roots.active();
    const click = active?.kind === 'click' ? active : undefined;
    const start = click?.start ?? recentClick(at) ?? at;
    const view = views.open({ kind: 'route', start, startInstant: click?.instant, url });
    const onEnd = (end: Settled): void => settle(view, end);
    if (click) roots.turnIntoRoute(click, view, onEnd);
    const root = click ?? roots.open({ kind: 'routeChange', view, start, onEnd });
    view.root = { traceId: root.traceId, spanId: root.spanId };
    emit.event({
      name: A.EVENT_NAVIGATION,
      at: Math.min(at, clock.now()),
      view,
      trace: view.root,
      attributes: {
        [A.URL_FULL]: url,
        [A.NAVIGATION_SAME_DOCUMENT]: true,
        [A.NAVIGATION_HASH_CHANGE]: hashChanged,
        [A.NAVIGATION_TYPE]: change,
      },
    });
  }

  // A click that has settled before the router moved, after a timer or an animation, is still the cause.
  function recentClick(at: number): number | undefined {
    const clicked = deps.lastClickAt();
    return clicked !== undefined && at - clicked <= CLICK_CAUSES_ROUTE_MILLIS ? clicked : undefined;
  }

  // A transition that another one cut short, or that the user did not wait for, has no time.
  function settle(view: View, { at, settled }: Settled): void {
    if (settled) view.measures[A.VIEW_TRANSITION_TIME] = Math.max(0, at - view.start);
    views.touch(view);
  }
}

/** What makes a route: the path, and the fragment when the page routes by it. The query filters, it does not lead. */
const routeOf = ({ pathname, hash }: Location, hashRoutes: boolean): string =>
  hashRoutes ? pathname + (hash.split('?', 1)[0] ?? '') : pathname;
