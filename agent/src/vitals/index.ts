// The Core Web Vitals and their companions, to the digit as Google's library `web-vitals` measures them.
import { attempt } from '../browser/guard';
import { whenShown } from '../browser/visibility';
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
  const stops: (() => void)[] = [];
  const start = (): void => {
    const page = openPage(stops, report, redactUrl, firstHidden);
    // Each on its own: a browser that lacks what one needs may still have the others.
    for (const measure of [measureTtfb, measureFcp, measureLcp, measureInp]) attempt(() => measure(page));
    if (soft) collectSoft(page, soft);
  };
  stops.push(whenShown(start));
  return () => stops.forEach((stop) => stop());
}
