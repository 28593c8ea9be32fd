// A return from the back/forward cache is a new view of an old document.
import { onRestore } from '../browser/visibility';
import * as A from '../attributes.gen';
import type { Emit } from '../context/stamp';
import { redactRouteUrl } from '../context/url';
import type { Views } from '../context/view';

export interface RestoresDeps {
  views: Views;
  hashRoutes: boolean;
}

/** Must start before the vitals: they measure the restored view, so it has to be there first. */
export function collectRestores(emit: Emit, { views, hashRoutes }: RestoresDeps): () => void {
  return onRestore((at) => {
    const url = redactRouteUrl(location.href, hashRoutes);
    const view = views.open({ kind: 'restore', start: at, url });
    view.measures[A.VIEW_NAVIGATION_TYPE] = 'back-forward-cache';
    emit.event({
      name: A.EVENT_NAVIGATION,
      at,
      view,
      trace: null,
      attributes: {
        [A.URL_FULL]: url,
        [A.NAVIGATION_SAME_DOCUMENT]: false,
        [A.NAVIGATION_HASH_CHANGE]: false,
        [A.NAVIGATION_TYPE]: 'traverse',
      },
    });
  });
}
