// The Core Web Vitals and their companions, to the digit as Google's library `web-vitals` measures them.
import { attempt } from '../browser/guard';
import { whenShown } from '../browser/visibility';
import { measureCls } from './cls';
import { measureInp } from './inp';
import { measureLcp } from './lcp';
import { measureFcp, measureTtfb } from './load';
import { openPage, type Vital } from './page';
import { collectSoft, type SoftNavigation } from './soft';

export type { SoftNavigation, Vital };

/**
 * Reports each vital whenever it changes; `soft` gets the browser's soft navigations. A prerendered page is measured
 * from when it is shown. `firstHidden` is when an early script saw the page hidden.
 */
export function collectVitals(
  report: (vital: Vital) => void,
  redactUrl: (url: string) => string,
  soft?: (navigation: SoftNavigation) => void,
  firstHidden?: number,
): () => void {
  let stopped = false;
  const stops: (() => void)[] = [];
  const start = (): void => {
    const page = openPage((vital) => stopped || report(vital), redactUrl, firstHidden);
    stops.push(() => page.stops.forEach((stop) => stop()));
    let painted = false;
    // Each on its own: a browser that lacks what one needs may still have the others.
    attempt(() => measureTtfb(page));
    attempt(() =>
      measureFcp(page, () => {
        // What moved before anything was painted, nobody saw.
        if (!painted) measureCls(page);
        painted = true;
      }),
    );
    attempt(() => measureLcp(page));
    attempt(() => measureInp(page));
    if (soft) stops.push(collectSoft(soft, redactUrl));
  };
  stops.push(whenShown(start));
  return () => {
    stopped = true;
    stops.forEach((stop) => stop());
  };
}
