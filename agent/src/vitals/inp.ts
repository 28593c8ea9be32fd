// Interaction to next paint: the interaction that was worse than 98 of 100, and where its time went.
import { selectorOf } from '../browser/selector';
import { LONG_FRAME } from './frames';
import { loadStateAt, onHide, watch, whenIdle, whenRestored, type Detail, type Page } from './page';
import { scriptsBehind, type Frame } from './scripts';

interface Timing extends PerformanceEventTiming {
  interactionId: number;
}
/** What was presented in the same frame: from its first handler to the end of its last one. */
interface Group {
  begun: number;
  until: number;
  shown: number;
}
/** The longest event of an interaction; copied, because an entry might keep its node. */
interface Interaction {
  key: number;
  millis: number;
  since: number;
  kind: string;
  group: Group;
  where?: string;
}

/** So many of the longest interactions count, and so many groups may still get another event. */
const KEPT = 10;
/** An interaction of long ago may come to count: when there are fifty more, the worst of them does not any longer. */
const FRAMES_KEPT = 100;
const LATENCY_MAX = 60_000;
const DETAILS =
  'type time input_delay processing_duration presentation_delay load_state interaction_count script_url script_function script_invoker_type script_invoker script_subpart script_duration total_script_duration total_style_and_layout_duration total_paint_duration total_unattributed_duration';

export function measureInp(page: Page): void {
  if (!('interactionId' in PerformanceEventTiming.prototype)) return;
  const countAll = interactionCounter(page);
  let countBefore = 0;
  let longest: Interaction[] = [];
  let groups: Group[] = [];
  let frames: Frame[] = [];

  /** Events that end within a step of the browser's clock for them were presented together. */
  const groupOf = ({ startTime, duration, processingStart, processingEnd }: Timing): Group => {
    const shown = startTime + duration;
    let group = groups.filter((each) => Math.abs(shown - each.shown) <= 8).pop();
    if (!group) {
      group = { begun: processingStart, until: 0, shown };
      groups = groups.concat(group).slice(-KEPT);
    }
    group.begun = Math.min(group.begun, processingStart);
    group.until = Math.max(group.until, processingEnd);
    return group;
  };

  const take = (entry: Timing): void => {
    const group = groupOf(entry);
    const { interactionId: key, duration: millis, startTime: since, name: kind, target } = entry;
    if (!key) return;
    let interaction = longest.find((each) => each.key === key);
    const fresh = { key, millis, since, kind, group };
    if (!interaction) longest.push((interaction = fresh));
    else if (millis > interaction.millis) Object.assign(interaction, fresh);
    if (!interaction.where && target) interaction.where = selectorOf(target as Element);
    longest = longest.sort((a, b) => b.millis - a.millis).slice(0, KEPT);
  };

  const update = (leaving?: boolean): void => {
    const { restoredAt } = page;
    const count = countAll() - countBefore;
    const worst = longest[Math.min(longest.length - 1, Math.floor(count / 50))];
    if (worst) tell(page, worst.millis, () => describe(page, worst, count, frames), worst.since, worst.where);
    else if (count > 0 && (restoredAt || leaving)) {
      // There were interactions, but none was long enough for the browser to tell.
      const latency = restoredAt ? 8 : 0;
      tell(page, latency, () => [undefined, undefined, 0, 0, latency, loadStateAt(restoredAt), count]);
    }
  };

  const handle = (entries: PerformanceEntryList, leaving?: boolean): void =>
    whenIdle(() => {
      (entries as Timing[]).forEach(take);
      update(leaving);
    });
  watch(page, LONG_FRAME, (more) => {
    frames = frames.concat(more as Frame[]).slice(-FRAMES_KEPT);
  });
  const observer = watch(page, 'event first-input', (entries) => handle(entries), { durationThreshold: 40 });
  if (!observer) return;
  onHide(page, () => handle(observer.takeRecords(), true));
  whenRestored(page, () => {
    countBefore = countAll();
    longest = [];
  });
}

const tell = (page: Page, latency: number, values: () => Detail[], at?: number, target?: string): void =>
  page.tell('inp', 200, 500, DETAILS, Math.min(latency, LATENCY_MAX), values, at, target);

/** Where the time of an interaction went, in the order of DETAILS. */
function describe(page: Page, { millis, since, kind, group }: Interaction, count: number, frames: Frame[]): Detail[] {
  // A handler of an earlier event in the same frame may have begun before this one.
  const begun = Math.max(group.begun, since);
  const shown = Math.max(since + millis, begun);
  // Processing can last beyond the paint, as with a modal dialog.
  const until = Math.min(group.until, shown);
  const parts = [begun - since, until - begun, shown - until];
  const meanwhile = frames.filter(({ startTime, duration }) => startTime + duration >= since && startTime <= until);
  return [
    kind.startsWith('key') ? 'keyboard' : 'pointer',
    since,
    ...parts,
    loadStateAt(since),
    count,
    ...scriptsBehind(page, meanwhile, since, parts, shown),
  ];
}

/** How many interactions there were: the browser's count, or an estimate from its ids, which grow by 7. */
function interactionCounter(page: Page): () => number {
  const { performance } = globalThis as unknown as { performance: { interactionCount?: number } };
  let min = Infinity;
  let max = 0;
  const note = (entries: PerformanceEntryList): void => {
    for (const { interactionId } of entries as Timing[]) {
      min = Math.min(min, interactionId || min);
      max = Math.max(max, interactionId);
    }
  };
  if (!('interactionCount' in performance)) watch(page, 'event', note, { durationThreshold: 0 });
  return () => performance.interactionCount ?? (max && (max - min) / 7 + 1);
}
