// How far down a view was read, and whether it was left before it had shown or given anything.
import type { Agent, Stop } from '../agent';
import { listen } from '../browser/listen';
import type { View } from '../context/view';
import type { Attributes } from '../record';

export function collectScroll({ views }: Agent): Stop {
  return listen(document, 'scroll', ({ target }) => {
    if (target !== document) return;
    const view = views.current();
    view.scrolled = Math.max(view.scrolled, scrollY + innerHeight);
    views.touch(view);
  });
}

/** The share of the page that was seen, and what the visitor did not wait for, if the view ended now. */
export function describeReading(view: View, ended: boolean): Attributes {
  const { measures, scrolled, kind, counts } = view;
  const height = scrolled && document.documentElement.scrollHeight;
  const early = kind === 'load' && measures.lcp === undefined;
  const idle = !scrolled && !counts.actions;
  return {
    scroll_depth: height ? Math.min(1, scrolled / height) : undefined,
    abandoned: ended ? (early ? 'before_lcp' : idle ? 'before_scroll' : undefined) : undefined,
  };
}
