// How long the main thread was blocked, by whose scripts, and the long animation frames themselves.
import type { Agent, Stop } from '../agent';
import * as A from '../attributes.gen';
import { EVENTS_MAX_PER_VIEW, FRAME_SCRIPTS_MAX } from '../limits';
import { redactText, redactUrl } from '../privacy/url';
import { fieldsOf, prefixed, type Value } from '../record';
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

export function collectFrames(agent: Agent): Stop {
  const { views, emit } = agent;
  return watch((entry) => {
    const frame = entry as PerformanceEntry & { blockingDuration?: number; scripts?: Script[] };
    const view = views.at(frame.startTime);
    // Seen by an observer of everything, what came before the view belongs to nobody.
    if (frame.startTime < view.start) return;
    const add = (name: string, millis: number): void => {
      view.measures[name] = ((view.measures[name] as number) ?? 0) + millis;
    };
    const blocked = frame.blockingDuration ?? Math.max(0, frame.duration - TASK_FREE_MILLIS);
    add('blocking_time', blocked);
    const scripts = [...(frame.scripts ?? [])].sort((a, b) => b.duration - a.duration);
    const sum = (list: Script[]): number => list.reduce((total, { duration }) => total + duration, 0);
    const others = sum(scripts.filter(({ sourceURL }) => sourceURL && agent.isThirdParty(sourceURL)));
    if (others > 0) add('third_party_blocking_time', (blocked * others) / sum(scripts));
    if (views.count(view, 'long_frames') > EVENTS_MAX_PER_VIEW || !frame.scripts) return;
    emit.event(
      A.EVENT_LONG_FRAME,
      prefixed(`${A.EVENT_LONG_FRAME}.`, {
        ...fieldsOf(frame, FRAME, (value) => value || undefined),
        scripts: scripts.slice(0, FRAME_SCRIPTS_MAX).map((script) => fieldsOf(script, SCRIPT, cleanField)),
      }),
      { at: frame.startTime, view, trace: null },
    );
  });
}

/** Invokers name elements by id, and functions by URL. */
const cleanField = (value: Value, name: string): Value =>
  typeof value !== 'string' ? value : name === 'sourceURL' ? value && redactUrl(value) : redactText(value) || undefined;
