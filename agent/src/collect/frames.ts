// How long the main thread was blocked, by whose scripts, and the long animation frames themselves.
import { A } from '../attributes.gen';
import { emitEvent } from '../context/emit';
import { count, viewAt } from '../context/view';
import { EVENTS_MAX_PER_VIEW, FRAME_SCRIPTS_MAX } from '../limits';
import { isThirdParty } from '../privacy/parties';
import { redactInvoker, redactText, redactUrl } from '../privacy/url';
import { fieldsOf, orUnknown, prefixed, type Value } from '../record';
import { feature } from './features';
import { collectFrames as watch } from '../vitals/frames';

/** A task blocks with what it takes beyond this. */
const TASK_FREE_MILLIS = 50;
const FRAME = 'startTime duration blockingDuration renderStart styleAndLayoutStart firstUIEventTimestamp';
const SCRIPT =
  'invoker invokerType sourceURL sourceFunctionName sourceCharPosition executionStart startTime duration pauseDuration forcedStyleAndLayoutDuration windowAttribution';

interface Script {
  duration: number;
  sourceURL: string;
}

export const collectFrames = (): void => void watch(feature('frames', take));

function take(entry: PerformanceEntry): void {
  const frame = entry as PerformanceEntry & { blockingDuration?: number; scripts?: readonly Script[] };
  const { startTime, duration } = frame;
  const view = viewAt(startTime);
  // Seen by an observer of everything, what came before the view belongs to nobody.
  if (startTime < view.start) return;
  const add = (name: string, millis: number): void => {
    view.measures[name] = ((view.measures[name] as number) ?? 0) + millis;
  };
  const blocked = frame.blockingDuration ?? Math.max(0, duration - TASK_FREE_MILLIS);
  const scripts = [...(frame.scripts ?? [])].sort((a, b) => b.duration - a.duration);
  const sum = (list: readonly Script[]): number => list.reduce((total, each) => total + each.duration, 0);
  const others = sum(scripts.filter(({ sourceURL }) => isThirdParty(sourceURL)));
  add('blocking_time', blocked);
  if (others) add('third_party_blocking_time', (blocked * others) / sum(scripts));
  if (count('long_frames', view) > EVENTS_MAX_PER_VIEW || !frame.scripts) return;
  emitEvent(
    A.EVENT_LONG_FRAME,
    prefixed(`${A.EVENT_LONG_FRAME}.`, {
      ...fieldsOf(frame, FRAME, orUnknown),
      scripts: scripts.slice(0, FRAME_SCRIPTS_MAX).map((script) => fieldsOf(script, SCRIPT, cleanField)),
    }),
    { at: startTime, view },
  );
}

/** Invokers name elements by id, and functions by URL. */
const cleanField = (value: Value, name: string): Value =>
  typeof value !== 'string'
    ? value
    : (name === 'sourceURL'
        ? value && redactUrl(value)
        : name === 'invoker'
          ? redactInvoker(value)
          : redactText(value)) || undefined;
