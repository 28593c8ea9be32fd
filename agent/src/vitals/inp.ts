// Interaction to next paint: the interaction that was worse than 98 of 100, and where its time went.
import { openObserver, observeEntries } from '../browser/entries';
import { selectorOf } from '../browser/selector';
import { takeFrames } from './frames';
import { detailsOf, loadStateAt, onHide, whenIdle, whenRestored, type Details, type Page } from './page';
import { scriptDetails, type Frame } from './scripts';

interface Timing extends PerformanceEventTiming {
  interactionId: number;
  targetSelector?: string;
}
/** What was presented in the same frame. */
interface Group {
  start: number;
  processingStart: number;
  processingEnd: number;
  renderTime: number;
}
/** The longest event of an interaction; copied, because an entry would keep its node. */
interface Interaction {
  id: number;
  latency: number;
  start: number;
  name: string;
  group: Group;
  target?: string;
}

const INTERACTIONS_KEPT = 10;
const FRAMES_KEPT = 10;
const LATENCY_MAX = 60_000;
/** Shorter events are not told; so an interaction without any took at most one step of the browser's clock for events. */
const OBSERVED = { durationThreshold: 40 };
const SHORTEST = 8;

export function measureInp(page: Page): void {
  if (!('interactionId' in PerformanceEventTiming.prototype)) return;
  const begin = () => page.measure('inp', 200, 500);
  let tell = begin();
  const countAll = interactionCounter(page);
  let countBefore = 0;
  const longest: Interaction[] = [];
  let groups: Group[] = [];
  let frames: Frame[] = [];
  let processedUntil = 0;
  let tidying = false;

  const intersecting = (start: number, end: number): Frame[] =>
    frames.filter((frame) => frame.startTime + frame.duration >= start && frame.startTime <= end);

  /** Forgets the frames that no interaction that still counts was part of. */
  const tidy = (): void => {
    tidying = false;
    groups = groups.filter(
      (group, i) => i >= groups.length - FRAMES_KEPT || longest.some((interaction) => interaction.group === group),
    );
    const needed = groups.map(({ start, processingEnd }) => intersecting(start, processingEnd)).flat();
    frames = frames.filter(
      (frame, i) => needed.includes(frame) || (i >= frames.length - FRAMES_KEPT && frame.startTime > processedUntil),
    );
  };
  const queueTidy = (): void => {
    if (tidying) return;
    tidying = true;
    whenIdle(tidy);
  };

  const groupOf = ({ startTime, duration, processingStart, processingEnd }: Timing): Group => {
    const renderTime = startTime + duration;
    processedUntil = Math.max(processedUntil, processingEnd);
    let group = groups.filter((each) => Math.abs(renderTime - each.renderTime) <= 8).pop();
    if (group) {
      group.start = Math.min(group.start, startTime);
      group.processingStart = Math.min(group.processingStart, processingStart);
      group.processingEnd = Math.max(group.processingEnd, processingEnd);
    } else {
      group = { start: startTime, processingStart, processingEnd, renderTime };
      groups.push(group);
    }
    queueTidy();
    return group;
  };

  const take = (entry: Timing): void => {
    const group = groupOf(entry);
    const { interactionId: id, duration: latency, startTime: start, name, target, targetSelector } = entry;
    if (!id) return;
    let interaction = longest.find((each) => each.id === id);
    if (!interaction) {
      if (longest.length === INTERACTIONS_KEPT && latency <= longest[INTERACTIONS_KEPT - 1]!.latency) return;
      interaction = { id, latency: -1, start, name, group };
      longest.push(interaction);
    }
    if (latency > interaction.latency) Object.assign(interaction, { latency, start, name, group });
    else if (latency !== interaction.latency || start !== interaction.start) return;
    interaction.target ??= target ? selectorOf(target as Element) : targetSelector;
    longest.sort((a, b) => b.latency - a.latency).splice(INTERACTIONS_KEPT);
  };

  const describe = (interaction: Interaction, count: number): Details => {
    const { start, latency, name, group } = interaction;
    // A long handler of an earlier event in the same frame may have begun before this one.
    const processingStart = Math.max(group.processingStart, start);
    const painted = Math.max(start + latency, processingStart);
    // Processing can last beyond the paint, as with a modal dialog.
    const processingEnd = Math.min(group.processingEnd, painted);
    const inputDelay = processingStart - start;
    const processing = processingEnd - processingStart;
    return {
      ...detailsOf(
        'type time input_delay processing_duration presentation_delay load_state interaction_count',
        name && (name.startsWith('key') ? 'keyboard' : 'pointer'),
        start || undefined,
        inputDelay,
        processing,
        painted - processingEnd,
        loadStateAt(start || page.restoredAt),
        count,
      ),
      ...scriptDetails(intersecting(start, processingEnd), start, inputDelay, processing, painted, page.redactUrl),
    };
  };

  const update = (leaving?: boolean): void => {
    const count = countAll() - countBefore;
    let worst = longest[Math.min(longest.length - 1, Math.floor(count / 50))];
    // No event of all the interactions was long enough to be told.
    if (!worst && count > 0 && (page.restoredAt || leaving)) {
      const group = { start: 0, processingStart: 0, processingEnd: 0, renderTime: 0 };
      worst = { id: 0, latency: page.restoredAt ? SHORTEST : 0, start: 0, name: '', group };
    }
    if (!worst) return;
    const { latency, start, target } = worst;
    tell(Math.min(latency, LATENCY_MAX), start || performance.now(), () => describe(worst, count), target);
  };

  const handle = (entries: PerformanceEntryList, leaving?: boolean): void =>
    whenIdle(() => {
      (entries as Timing[]).forEach(take);
      update(leaving);
    });
  page.stops.push(
    takeFrames((more) => {
      frames = frames.concat(more as Frame[]);
      queueTidy();
    }),
  );
  const observer = openObserver('event first-input', handle, OBSERVED);
  if (!observer) return;
  page.stops.push(() => observer.disconnect());
  onHide(page, () => handle(observer.takeRecords(), true));
  whenRestored(page, () => {
    countBefore = countAll();
    longest.length = 0;
    tell = begin();
  });
}

/** How many interactions there were: the browser's count, or an estimate from its ids, which grow by 7. */
function interactionCounter(page: Page): () => number {
  const { performance } = globalThis as unknown as { performance: { interactionCount?: number } };
  if ('interactionCount' in performance) return () => performance.interactionCount!;
  let min = Infinity;
  let max = 0;
  const note = (entries: PerformanceEntryList): void => {
    for (const { interactionId } of entries as Timing[]) {
      if (!interactionId) continue;
      min = Math.min(min, interactionId);
      max = Math.max(max, interactionId);
    }
  };
  page.stops.push(observeEntries('event', note, { durationThreshold: 0 }));
  return () => (max ? (max - min) / 7 + 1 : 0);
}
