// Changes of route inside one document: each is a view of its own, timed from the click that caused it.
import type { Agent, Stop } from '../agent';
import * as A from '../attributes.gen';
import { onHistoryChange, type HistoryChange } from '../browser/history';
import type { Settled } from '../context/roots';
import { CLICK_EFFECT_MILLIS } from '../limits';
import { redactRouteUrl } from '../privacy/url';
import type { View } from '../context/view';

export function collectRoutes(agent: Agent): Stop {
  const { clock, roots, views } = agent;
  const { hashRoutes } = agent.options;
  let route = routeOf(location, hashRoutes);
  let hash = location.hash;

  return onHistoryChange((change, at) => {
    roots.noteEffect();
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
    } else beginRoute(url, at, change, hashChanged);
  });

  function beginRoute(url: string, at: number, change: HistoryChange, hashChanged: boolean): void {
    const active = roots.active();
    const click = active?.kind === 'click' ? active : undefined;
    // A click that has settled before the router moved, after a timer or an animation, is still the cause.
    const recent = at - agent.lastClick <= CLICK_EFFECT_MILLIS ? agent.lastClick : at;
    const start = click?.start ?? recent;
    const view = views.open({ kind: 'route', start, startInstant: click?.instant, url });
    const onEnd = (end: Settled): void => settle(view, end);
    if (click) roots.turnIntoRoute(click, view, onEnd);
    const { traceId, spanId } = click ?? roots.open({ kind: 'routeChange', view, start, onEnd });
    view.root = { traceId, spanId };
    tellNavigation(agent, view, change, hashChanged, true, Math.min(at, clock.now()));
  }

  // A transition that another one cut short, or that the user did not wait for, has no time.
  function settle(view: View, { at, settled }: Settled): void {
    if (settled) view.measures.transition_time = Math.max(0, at - view.start);
    views.touch(view);
  }
}

export function tellNavigation(
  agent: Agent,
  view: View,
  type: string | undefined,
  hashChanged = false,
  sameDocument = false,
  at?: number,
): void {
  agent.emit.event(
    A.EVENT_NAVIGATION,
    {
      [A.URL_FULL]: view.url,
      [A.NAVIGATION_SAME_DOCUMENT]: sameDocument,
      [A.NAVIGATION_HASH_CHANGE]: hashChanged,
      [A.NAVIGATION_TYPE]: type,
    },
    { view, trace: view.root ?? null, ...(at === undefined ? { instant: view.startInstant } : { at }) },
  );
}

/** What makes a route: the path, and the fragment when the page routes by it. The query filters, it does not lead. */
const routeOf = ({ pathname, hash }: Location, hashRoutes: boolean): string =>
  hashRoutes ? pathname + hash.split('?', 1)[0] : pathname;
