// How far down a view was read, and whether it was left before it had shown or given anything.
import { listen } from '../browser/listen';
import { touch, view, type View } from '../context/view';
import type { Attributes } from '../record';
import { feature } from './features';

export function collectScroll(): void {
  const scrolled = ({ target }: Event): void => {
    if (target !== document) return;
    view.scrolled = Math.max(view.scrolled, scrollY + innerHeight);
    touch();
  };
  listen(document, 'scroll', feature('scroll', scrolled));
}

/** The share of the page that was seen, and what the visitor did not wait for, if the view ended now. */
export function describeReading({ measures, scrolled, kind, counts }: View, leaving: boolean): Attributes {
  const early = kind === 'load' && measures.lcp === undefined;
  const idle = !scrolled && !counts.actions;
  return {
    scroll_depth: scrolled ? Math.min(1, scrolled / document.documentElement.scrollHeight) : undefined,
    abandoned: leaving ? (early ? 'before_lcp' : idle ? 'before_scroll' : undefined) : undefined,
  };
}
