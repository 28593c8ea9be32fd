// Interaction to next paint: the interaction that was worse than 98 of 100, and where its time went.
import { selectorOf } from '../browser/selector';
import { LONG_FRAME } from './frames';
import { loadStateAt, onHide, watch, whenIdle, whenRestored, type Detail, type Page } from './page';
import { scriptsBehind, type Frame } from './scripts';

interface Timing extends PerformanceEventTiming {
  interactionId: number;
}
/** What was presented in the same frame: from the first event to the end of the last handler. */
interface Group {
  start: number;
  begun: number;
  ended: number;
  painted: number;
}
/** The longest event of an interaction; copied, because an entry might keep its node. */
interface Interaction {
  id: number;
  latency: number;
  start: number;
  name: string;
  group: Group;
  target?: string;
}

const KEPT = 10;
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
  let processedUntil = 0;
  let tidying = false;

  const touches = (frame: Frame, start: number, end: number): boolean =>
    frame.startTime + frame.duration >= start && frame.startTime <= end;

  /** Forgets the frames that no interaction that still counts was part of. */
  const tidy = (): void => {
    tidying = false;
    groups = groups.slice(-KEPT);
    const needed = groups.concat(longest.map(({ group }) => group));
    frames = frames.filter(
      (frame, i) =>
        (i >= frames.length - KEPT && frame.startTime > processedUntil) ||
        needed.some(({ start, ended }) => touches(frame, start, ended)),
    );
  };
  const queueTidy = (): void => {
    if (tidying) return;
    tidying = true;
    whenIdle(tidy);
  };

  /** Events that end within a step of the browser's clock for them were presented together. */
  const groupOf = ({ startTime, duration, processingStart, processingEnd }: Timing): Group => {
    const painted = startTime + duration;
    let group = groups.filter((each) => Math.abs(painted - each.painted) <= 8).pop();
    if (!group) groups.push((group = { start: startTime, begun: processingStart, ended: 0, painted }));
    group.start = Math.min(group.start, startTime);
    group.begun = Math.min(group.begun, processingStart);
    group.ended = Math.max(group.ended, processingEnd);
    processedUntil = Math.max(processedUntil, processingEnd);
    queueTidy();
    return group;
  };

  const take = (entry: Timing): void => {
    const { interactionId: id, duration: latency, startTime: start, name } = entry;
    const group = groupOf(entry);
    if (!id) return;
    const fresh = { id, latency, start, name, group };
    let interaction: Interaction | undefined = longest.find((each) => each.id === id);
    if (!interaction) {
      if (longest.length === KEPT && latency <= longest[KEPT - 1]!.latency) return;
      longest.push((interaction = fresh));
    } else if (latency > interaction.latency) Object.assign(interaction, fresh);
    else if (latency < interaction.latency || start !== interaction.start) return;
    if (!interaction.target && entry.target) interaction.target = selectorOf(entry.target as Element);
    longest = longest.sort((a, b) => b.latency - a.latency).slice(0, KEPT);
  };

  const describe = ({ start, latency, name, group }: Interaction, count: number): Detail[] => {
    // A handler of an earlier event in the same frame may have begun before this one.
    const begun = Math.max(group.begun, start);
    const painted = Math.max(start + latency, begun);
    // Processing can last beyond the paint, as with a modal dialog.
    const ended = Math.min(group.ended, painted);
    return [
      name && (name.startsWith('key') ? 'keyboard' : 'pointer'),
      start || undefined,
      begun - start,
      ended - begun,
      painted - ended,
      loadStateAt(start || page.restoredAt),
      count,
      ...scriptsBehind(
        page,
        frames.filter((frame) => touches(frame, start, ended)),
        start,
        begun - start,
        ended - begun,
        painted,
      ),
    ];
  };

  const update = (leaving?: boolean): void => {
    const count = countAll() - countBefore;
    let worst = longest[Math.min(longest.length - 1, Math.floor(count / 50))];
    // There were interactions, but none was long enough for the browser to tell.
    if (!worst && count > 0 && (page.restoredAt || leaving)) {
      const group = { start: 0, begun: 0, ended: 0, painted: 0 };
      worst = { id: 0, latency: page.restoredAt ? 8 : 0, start: 0, name: '', group };
    }
    if (!worst) return;
    const { latency, start, target } = worst;
    const values = () => describe(worst, count);
    page.tell('inp', 200, 500, DETAILS, Math.min(latency, LATENCY_MAX), values, start || undefined, target);
  };

  const handle = (entries: PerformanceEntryList, leaving?: boolean): void =>
    whenIdle(() => {
      (entries as Timing[]).forEach(take);
      update(leaving);
    });
  watch(page, LONG_FRAME, (more) => {
    frames = frames.concat(more as Frame[]);
    queueTidy();
  });
  const observer = watch(page, 'event first-input', (entries) => handle(entries), { durationThreshold: 40 });
  if (!observer) return;
  onHide(page, () => handle(observer.takeRecords(), true));
  whenRestored(page, () => {
    countBefore = countAll();
    longest = [];
  });
}

/** How many interactions there were: the browser's count, or an estimate from its ids, which grow by 7. */
function interactionCounter(page: Page): () => number {
  const { performance } = globalThis as unknown as { performance: { interactionCount?: number } };
  if ('interactionCount' in performance) return () => performance.interactionCount!;
  const ids: number[] = [];
  const note = (entries: PerformanceEntryList): void => {
    for (const { interactionId } of entries as Timing[]) {
      if (!interactionId) continue;
      ids[0] = Math.min(ids[0] ?? interactionId, interactionId);
      ids[1] = Math.max(ids[1] ?? interactionId, interactionId);
    }
  };
  watch(page, 'event', note, { durationThreshold: 0 });
  return () => (ids[1] ? (ids[1] - ids[0]!) / 7 + 1 : 0);
}
