// Clicks as events, and as the possible start of what comes after them.
import * as A from '../attributes.gen';
import { attempt } from '../browser/guard';
import { listen } from '../browser/listen';
import { selectorOf, stepOf } from '../browser/selector';
import type { Clock } from '../context/clock';
import type { Roots } from '../context/roots';
import type { Emit } from '../context/stamp';
import type { Views } from '../context/view';
import { NAME_MAX_LENGTH } from '../limits';
import type { Attributes } from '../record';

export interface ClicksDeps {
  clock: Clock;
  roots: Roots;
  views: Views;
}

const INTERACTIVE = '[data-limen-name],a,button,input,select,textarea,label,summary,option,[role=button],[role=link]';

export interface Clicks {
  /** When the user last clicked, on the monotonic clock. */
  lastAt: () => number | undefined;
  stop: () => void;
}

export function collectClicks(emit: Emit, { clock, roots, views }: ClicksDeps): Clicks {
  let lastAt: number | undefined;

  const stop = listen<MouseEvent>(document, 'click', (event) => {
    if (!event.isTrusted) return;
    const element = elementOf(event);
    if (!element) return;
    const now = clock.now();
    const at = event.timeStamp > 0 && event.timeStamp <= now ? event.timeStamp : now;
    lastAt = at;
    const view = views.current();
    view.actions++;
    views.touch(view);
    const attributes = describeClick(element);
    const instant = clock.instant(at);
    let told = false;
    // Told once its consequences are known: with the trace it began, or without one.
    const tell = (trace: { traceId: string; spanId: string } | null): void => {
      if (told) return;
      told = true;
      emit.event({ name: A.EVENT_CLICK, instant, view, attributes, trace });
    };
    const root = roots.open({
      kind: 'click',
      view,
      start: at,
      attributes,
      onSent: () => tell({ traceId: root.traceId, spanId: root.spanId }),
      onEnd: () => tell(null),
    });
  });

  return { lastAt: () => lastAt, stop };
}

/** The element that was meant: the nearest one that does something, through shadow roots that are open. */
function elementOf(event: MouseEvent): Element | undefined {
  const target = attempt(() => event.composedPath()[0]) ?? event.target;
  if (!(target instanceof Element)) return undefined;
  return target.closest(INTERACTIVE) ?? target;
}

/** Never the text on the page: that is the user's business. */
export function describeClick(element: Element): Attributes {
  const given = element.closest('[data-limen-name]')?.getAttribute('data-limen-name')?.trim();
  return {
    [A.ACTION_NAME]: (given || stepOf(element)).slice(0, NAME_MAX_LENGTH),
    [A.CSS_SELECTOR]: selectorOf(element),
    [A.TAG_NAME]: element.nodeName.toUpperCase(),
  };
}
