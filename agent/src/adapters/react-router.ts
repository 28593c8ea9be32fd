// React Router: names the view by the template of the route that is shown, such as `/product/:id`.
import { useContext, useEffect, useLayoutEffect, type ReactElement, type ReactNode } from 'react';
import {
  createRoutesFromElements,
  matchRoutes,
  UNSAFE_RouteContext as RouteContext,
  useLocation,
  useRoutes,
  type RouteObject,
} from 'react-router';
import { tell } from './running';

interface Match {
  pathname: string;
  route: { path?: string | undefined };
}

/** What we need of a router made by `createBrowserRouter` and its like, in version 6.4 and later. */
export interface DataRouter {
  state: { location: object; matches: readonly Match[] };
  subscribe(callback: (state: DataRouter['state']) => void): () => void;
}

/** A location to match in place of the current one, as `useRoutes` takes it. */
export type ShownLocation = Parameters<typeof useRoutes>[1];

const UNMATCHED = '*';
/** Servers have no effects, and older Reacts warn there of the one that runs before those of the page navigate on. */
const useEarlyEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** What has named the current path, and how many routes it knows of. */
let named = { pathname: '', depth: 0 };

/** Names the views of a data router, from now on; returns what ends that. */
export function watchRouter(router: DataRouter): () => void {
  let location: object | undefined;
  let name: string | undefined;
  const nameView = ({ location: next, matches }: DataRouter['state']): void => {
    const template = templateOf(matches);
    // Going back changes the URL long before the state, which until then tells the location it knows: no news.
    if (next === location && template === name) return;
    location = next;
    name = template;
    tell('setView', template);
  };
  nameView(router.state);
  return router.subscribe(nameView);
}

/** As `useRoutes` does, and names the view. */
export function useLimenRoutes(routes: RouteObject[], location?: ShownLocation): ReactElement | null {
  const current = useLocation().pathname;
  const around = useContext(RouteContext).matches;
  const shown = location ?? current;
  const pathname = (typeof shown === 'string' ? shown : shown.pathname) ?? current;
  const matches: readonly Match[] | null = matchRoutes(routes, shown, around[around.length - 1]?.pathnameBase);
  const template = templateOf([...around, ...(matches ?? [{ pathname, route: { path: UNMATCHED } }])]);
  const depth = around.length + (matches?.length ?? 1);
  useEarlyEffect(() => {
    // Routes inside a splat of ours have had their effect before, and know more of the path.
    if (named.pathname === pathname && named.depth > depth) return;
    named = { pathname, depth };
    tell('setView', template);
  }, [pathname, template, depth]);
  return useRoutes(routes, location);
}

/** As `<Routes>` does, and names the view. */
export function LimenRoutes(props: { children?: ReactNode; location?: ShownLocation }): ReactElement | null {
  return useLimenRoutes(createRoutesFromElements(props.children), props.location);
}

/** The paths of the matched routes as one. */
function templateOf(matches: readonly Match[]): string {
  // A data router that matched nothing shows the error in its root route, and that with an empty pathname.
  if (matches[0]?.pathname === '') return `/${UNMATCHED}`;
  return matches.reduce((template, { route: { path = '' } }) => {
    if (!path) return template;
    // A child may repeat the whole path of its parents; what is inside a splat takes its place.
    if (path[0] === '/' && path.startsWith(template)) return path;
    return `${template.replace(/\*$/, '')}/${path}`.replace(/\/\/+/g, '/');
  }, '/');
}
