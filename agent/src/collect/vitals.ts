// Core Web Vitals with what was behind them: in the view they belong to, and as events with the next batch.
import { A } from '../attributes.gen';
import { now } from '../context/clock';
import { emitEvent } from '../context/emit';
import { documentView, touch, viewAt, type View } from '../context/view';
import { redactUrl } from '../privacy/url';
import { prefixed } from '../record';
import { onStop } from '../running';
import { collectVitals as measure, type SoftNavigation, type Vital } from '../vitals';

/** By id: what has grown since it was last told, and the value told. */
let growing = new Map<string, [vital: Vital, view: View]>();
let told = new Map<string, number>();

/** `firstHidden` is when the stub saw the page hidden, if it did. */
export function collectVitals(firstHidden?: number): void {
  growing = new Map();
  told = new Map();
  onStop(measure(takeVital, redactUrl, takeSoft, firstHidden));
}

function takeVital(vital: Vital): void {
  const { id, name, value, target, details } = vital;
  const view = growing.get(id)?.[1] ?? documentView;
  view.measures[name] = value;
  // The views' columns hold what was behind these; the parts of the others are phases of the document.
  if (/lcp|inp|cls/.test(name)) Object.assign(view.measures, prefixed(`${name}.`, { target, ...details }));
  growing.set(id, [vital, view]);
  touch(view);
}

/** The browser's own soft navigations stay apart: they would end the document's vitals, which others measure on. */
function takeSoft({ at, lcp, fcp }: SoftNavigation): void {
  const view = viewAt(at);
  Object.assign(view.measures, prefixed('soft_navigation.', { at, lcp, fcp }));
  touch(view);
}

export function reportVitals(): void {
  for (const [id, [vital, view]] of growing) {
    const { name, value, rating, navigationType, at, target, details } = vital;
    emitEvent(
      A.EVENT_WEB_VITAL,
      {
        ...prefixed('browser.web_vital.', {
          name,
          value,
          delta: value - (told.get(id) ?? 0),
          id,
          rating,
          navigation_type: navigationType,
        }),
        [A.WEB_VITAL_TARGET]: target,
        ...prefixed(`limen.web_vital.${name}.`, details),
      },
      { at: Math.min(at, now()), view },
    );
    told.set(id, value);
  }
  growing.clear();
}
