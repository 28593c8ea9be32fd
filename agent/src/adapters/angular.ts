// Angular: an ErrorHandler that reports and then logs as Angular does, and views named by the template of the route.
import {
  APP_BOOTSTRAP_LISTENER,
  ErrorHandler,
  inject,
  makeEnvironmentProviders,
  type EnvironmentProviders,
  type Type,
} from '@angular/core';
import { NavigationEnd, Router, type ActivatedRouteSnapshot } from '@angular/router';
import { tell } from './running';

export interface LimenAngularOptions {
  /** A handler of your own, called in place of Angular's. */
  errorHandler?: Type<ErrorHandler>;
}

/** For the providers of `bootstrapApplication`. It provides `ErrorHandler`: give it your own in place of providing that. */
export function provideLimen({ errorHandler }: LimenAngularOptions = {}): EnvironmentProviders {
  // Factories in place of decorated classes: a library with those would have to come through Angular's compiler.
  return makeEnvironmentProviders([
    errorHandler ?? [],
    {
      provide: ErrorHandler,
      useFactory: () => reportAndPass(errorHandler ? inject(errorHandler) : new ErrorHandler()),
    },
    // Asked for any earlier, the router could disturb what the application does to configure it.
    { provide: APP_BOOTSTRAP_LISTENER, multi: true, useFactory: nameViews },
  ]);
}

function reportAndPass(own: ErrorHandler): ErrorHandler {
  return {
    handleError(error: unknown): void {
      tell('error', thrownOf(error), undefined, { mechanism: 'angular', handled: false });
      own.handleError(error);
    },
  } as ErrorHandler;
}

/** zone.js wraps what a promise was rejected with in an error of its own. */
function thrownOf(error: unknown): unknown {
  const wrapped = error as { promise?: unknown; rejection?: unknown } | null | undefined;
  return wrapped?.promise && wrapped.rejection ? wrapped.rejection : error;
}

function nameViews(): () => void {
  const router = inject(Router);
  const nameView = (): void => tell('setView', templateOf(router.routerState.snapshot.root));
  router.events.subscribe((event) => {
    if (event instanceof NavigationEnd) nameView();
  });
  return () => {
    // A first navigation that blocks the bootstrap has ended by now.
    if (router.navigated) nameView();
  };
}

/** The paths from the root to what the primary outlet shows; a route with a matcher of its own has none. */
function templateOf(root: ActivatedRouteSnapshot): string {
  let leaf = root;
  while (leaf.firstChild) leaf = leaf.children.find(({ outlet }) => outlet === 'primary') ?? leaf.firstChild;
  const paths = leaf.pathFromRoot.map(({ routeConfig }) => (routeConfig?.matcher ? '*' : routeConfig?.path));
  return `/${paths.filter(Boolean).join('/')}`;
}
