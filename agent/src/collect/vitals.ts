// Core Web Vitals with what was behind them: in the view they belong to, and as events with the next batch.
import type { Agent, Stop } from '../agent';
import * as A from '../attributes.gen';
import type { View } from '../context/view';
import { redactUrl } from '../privacy/url';
import { prefixed } from '../record';
import { collectVitals as measure, type Vital } from '../vitals';

/** `firstHidden` is when the stub saw the page hidden, if it did. */
export function collectVitals(agent: Agent, firstHidden?: number): { report: () => void; stop: Stop } {
  const { views, emit } = agent;
  /** By id: what has grown since it was last told, and the value told. */
  const growing = new Map<string, { vital: Vital; view: View }>();
  const told = new Map<string, number>();

  function take(vital: Vital): void {
    const view = growing.get(vital.id)?.view ?? views.ofDocument();
    const { name, value, target, details } = vital;
    view.measures[name] = value;
    // The views' columns hold what was behind these; the parts of the others are phases of the document.
    if (/lcp|inp|cls/.test(name)) Object.assign(view.measures, prefixed(`${name}.`, { target, ...details }));
    growing.set(vital.id, { vital, view });
    views.touch(view);
  }

  const stop = measure(
    take,
    redactUrl,
    (soft) => {
      const view = views.at(soft.at);
      Object.assign(view.measures, prefixed('soft_navigation.', { at: soft.at, lcp: soft.lcp, fcp: soft.fcp }));
      views.touch(view);
    },
    firstHidden,
  );
  return {
    stop,
    report() {
      for (const [id, { vital, view }] of growing) {
        const { name, value, rating, navigationType, at, target, details } = vital;
        emit.event(
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
          { at: Math.min(at, performance.now()), view, trace: view.root ?? null },
        );
        told.set(id, value);
      }
      growing.clear();
    },
  };
}
