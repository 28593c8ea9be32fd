// Vue 3: a plugin that reports errors of components, and names views by the path of the matched route.
import type { App, ComponentPublicInstance, Plugin } from 'vue';
import { tell } from './running';

/** What we need of a route of vue-router. */
export interface VueRoute {
  matched: readonly { path: string }[];
}

/** What we need of a router of vue-router 4 or later. */
export interface VueRouter {
  currentRoute: { value: VueRoute };
  afterEach(callback: (to: VueRoute, from: VueRoute, failure?: unknown) => void): unknown;
}

export interface LimenVueOptions {
  router?: VueRouter;
}

/** A component as its instance knows it; production builds keep these names. */
interface Instance {
  type: { name?: string; __name?: string; __file?: string };
  parent: Instance | null;
}

/** Install it after an `errorHandler` of your own, which is still called. */
export function limenVue({ router }: LimenVueOptions = {}): Plugin {
  return {
    install(app: App) {
      const former = app.config.errorHandler;
      app.config.errorHandler = (error, instance, info) => {
        const componentStack = traceOf(instance, info);
        tell('error', error, undefined, { mechanism: 'vue', handled: false, componentStack });
        if (former) return former(error, instance, info);
        // Thrown by a handler, Vue treats it as it does without one: development throws it on, production logs it.
        throw error;
      };
      if (router) nameViews(router);
    },
  };
}

function nameViews(router: VueRouter): void {
  const nameView = ({ matched }: VueRoute): void => {
    const path = matched[matched.length - 1]?.path;
    // The path of an index route is empty.
    if (path !== undefined) tell('setView', path || '/');
  };
  nameView(router.currentRoute.value);
  router.afterEach((to, _from, failure) => {
    if (!failure) nameView(to);
  });
}

/** What Vue was doing, and the components from the one that threw up to the root. */
function traceOf(instance: ComponentPublicInstance | null, info: string): string | undefined {
  try {
    // Production builds give the address of an explanation in place of words; its end names it.
    const lines = [info.replace(/^.*#/, '')];
    let component = instance?.$ as Instance | null | undefined;
    for (; component; component = component.parent) lines.push(`    at ${nameOf(component)}`);
    return lines.join('\n');
  } catch {
    return undefined;
  }
}

const nameOf = ({ type }: Instance): string =>
  type.name ?? type.__name ?? /([^/\\]+)\.\w+$/.exec(type.__file ?? '')?.[1] ?? 'Anonymous';
