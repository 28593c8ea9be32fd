// Resources of the page as events, each once: the waterfall. Those that a script asked for belong to their spans.
import type { Agent, Stop } from '../agent';
import * as A from '../attributes.gen';
import { observeEntries } from '../browser/entries';
import { guard } from '../browser/guard';
import { EVENTS_MAX_PER_VIEW, SLICE_MILLIS } from '../limits';
import { redactUrl } from '../privacy/url';
import { timingAttributes } from './phases';

export const byScript = ({ initiatorType }: PerformanceResourceTiming): boolean =>
  /^(fetch|xmlhttprequest|beacon)$/.test(initiatorType);

export function collectResources(agent: Agent): Stop {
  const { native, views, emit } = agent;
  const waiting: PerformanceResourceTiming[] = [];
  let timer: number | undefined;

  function tellSome(): void {
    timer = undefined;
    const start = performance.now();
    for (let entry; (entry = waiting.shift());) {
      tell(entry);
      if (performance.now() - start > SLICE_MILLIS) return later();
    }
  }

  function later(): void {
    timer ??= native.setTimeout(guard(tellSome));
  }

  function tell(entry: PerformanceResourceTiming): void {
    const view = views.at(entry.startTime);
    if (views.count(view, 'resources') > EVENTS_MAX_PER_VIEW) return;
    emit.event(
      A.EVENT_RESOURCE,
      {
        [A.URL_FULL]: redactUrl(entry.name),
        [A.THIRD_PARTY]: agent.isThirdParty(entry.name) || undefined,
        ...timingAttributes(entry),
      },
      { at: entry.startTime, view, trace: view.root ?? null },
    );
  }

  const stop = observeEntries('resource', (entries) => {
    for (const entry of entries as PerformanceResourceTiming[])
      if (!byScript(entry) && !agent.isOwn(entry.name)) waiting.push(entry);
    later();
  });
  return () => {
    stop();
    native.clearTimeout(timer);
  };
}
