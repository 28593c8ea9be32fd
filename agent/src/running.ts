// The one agent of a page: its options, its session, and what ends it.
import type { Session } from './context/session';
import type { Options } from './public';
import type { Attributes } from './record';

export type Stop = () => void;

export let options: Options;
export let session: Session & { begun: boolean };
/** What others wrapped after us may still come by when it is over. */
export let isRunning = false;
/** What the page has set for everything, and the feature flags it was shown with. */
export let context: Attributes = {};
export let flags: Record<string, string> = {};

const stops = new Set<Stop>();

export function begin(given: Options): void {
  options = given;
  isRunning = true;
  context = {};
  flags = {};
}

export function setSession(opened: Session & { begun: boolean }): void {
  session = opened;
}

export function addContext(attributes: Attributes): void {
  context = { ...context, ...attributes };
}

/** Remembers what ends a part of the agent; calling what is returned ends it before. */
export function onStop(stop: Stop): Stop {
  const forget = (): void => {
    stops.delete(forget);
    stop();
  };
  stops.add(forget);
  return forget;
}

/** Ends the parts, the last that began first; `last` comes before the agent falls silent. */
export function end(last: Stop): void {
  for (const stop of [...stops].reverse()) stop();
  last();
  isRunning = false;
}
