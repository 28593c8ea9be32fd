// Resources of the page as events, each once: the waterfall. Those that a script asked for belong to their spans.
import { A } from '../attributes.gen';
import { observeEntries } from '../browser/entries';
import { after } from '../browser/native';
import { now } from '../context/clock';
import { emitEvent } from '../context/emit';
import { count, viewAt } from '../context/view';
import { EVENTS_MAX_PER_VIEW, SLICE_MILLIS } from '../limits';
import { isOwn, isThirdParty } from '../privacy/parties';
import { redactUrl } from '../privacy/url';
import { feature } from './features';
import { timingAttributes } from './phases';

type Entry = PerformanceResourceTiming;

export const byScript = ({ initiatorType }: Entry): boolean => /^(fetch|xmlhttprequest|beacon)$/.test(initiatorType);

export function collectResources(): void {
  let waiting: Entry[] = [];
  let timer: number | undefined;

  // In slices, so that a page with many resources does not make a long task of us.
  function tellSome(): void {
    timer = undefined;
    const start = now();
    while (waiting.length && now() - start < SLICE_MILLIS) tell(waiting.shift()!);
    if (waiting.length) timer = after(tellSome);
  }

  const take = (entries: PerformanceEntryList): void => {
    waiting = [...waiting, ...(entries as Entry[]).filter((entry) => !byScript(entry) && !isOwn(entry.name))];
    if (waiting.length) timer ??= after(tellSome);
  };
  observeEntries('resource', feature('resources', take));
}

function tell(entry: Entry): void {
  const { name, startTime } = entry;
  const view = viewAt(startTime);
  if (count('resources', view) > EVENTS_MAX_PER_VIEW) return;
  emitEvent(
    A.EVENT_RESOURCE,
    { [A.URL_FULL]: redactUrl(name), [A.THIRD_PARTY]: isThirdParty(name), ...timingAttributes(entry) },
    { at: startTime, view },
  );
}
