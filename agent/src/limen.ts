// The agent's public functions: a page may call them at any time, before and after start, and they never throw.
import { attempt, guard } from './browser/guard';
import { whenShown } from './browser/visibility';
import { EVENT_MAX_ATTRIBUTES, NAME_MAX_LENGTH } from './limits';
import { checkOptions, type StartOptions } from './options';
import type { Attributes } from './record';
import { start as startAgent, type Running } from './start';

/** What a page may attach to its own events and errors. */
export type EventAttributes = Record<string, string | number | boolean | readonly string[] | undefined>;

export interface Limen {
  version: string;
  /** Starts once; a second call, or a second copy of the script, does nothing. */
  start(options: StartOptions): void;
  /** Sends what is left, stops listening, and gives back the functions it had wrapped. */
  stop(): void;
  /** Reports an error the page has caught. */
  error(error: unknown, attributes?: EventAttributes): void;
  /** Reports something of the page's own. */
  event(name: string, attributes?: EventAttributes): void;
  /** Names the user, or nobody; another user begins another session. */
  setUser(id: string | undefined): void;
  /** Names the current view by its route template, such as `/product/:id`. */
  setView(name: string): void;
  /** @internal For events that a stub kept until the agent had arrived. */
  take(event: ErrorEvent | PromiseRejectionEvent): void;
}

/** Marks the page as observed, across copies and versions of the agent. */
const MARK = Symbol.for('limen.agent');
type Marked = { [MARK]?: Limen | undefined };

const warn = (text: string): void => attempt(() => console.warn(`[limen] ${text}`));

export function createLimen(): Limen {
  let running: Running | undefined;
  let cancelWait: (() => void) | undefined;
  const page = globalThis as Marked;

  const limen: Limen = {
    version: AGENT_VERSION,
    start: guard((raw: StartOptions) => {
      if (typeof document === 'undefined' || running || cancelWait || page[MARK]) return;
      const { options, problems } = checkOptions(raw);
      if (problems.length > 0) warn(`${options ? '' : 'not started: '}${problems.join('; ')}`);
      if (!options) return;
      page[MARK] = limen;
      // A prerendered page that is never shown was never visited.
      const cancel = whenShown(() => (running = startAgent(options, onceOnly(warn))));
      cancelWait = cancel;
    }),
    stop: guard(() => {
      cancelWait?.();
      running?.stop();
      cancelWait = running = undefined;
      if (page[MARK] === limen) page[MARK] = undefined;
    }),
    error: guard((error: unknown, attributes?: EventAttributes) =>
      running?.errors.report(error, 'manual', checkAttributes(attributes)),
    ),
    event: guard((name: string, attributes?: EventAttributes) => {
      if (!running) return;
      if (typeof name !== 'string' || !name || /^(limen|browser|session)\.|^exception$/.test(name)) {
        return warn(`event() wants a name of your own, not ${JSON.stringify(name)}: use one like "checkout.started"`);
      }
      running.emit.event({ name: name.slice(0, NAME_MAX_LENGTH), attributes: checkAttributes(attributes) });
    }),
    setUser: guard((id: string | undefined) => {
      if (!running) return;
      running.session.setUser(id ? String(id) : undefined);
      const view = running.views.current();
      view.userId = running.session.userId();
      running.views.touch(view);
    }),
    setView: guard((name: string) => {
      if (!running || typeof name !== 'string') return;
      const view = running.views.current();
      view.name = name.slice(0, NAME_MAX_LENGTH) || undefined;
      running.views.touch(view);
    }),
    take: guard((event: ErrorEvent | PromiseRejectionEvent) => running?.errors.take(event)),
  };
  return limen;
}

/** The agent that already observes this page, if any. */
export const findLimen = (): Limen | undefined => (globalThis as Marked)[MARK];

/** Keeps what OTLP can carry, and not more than a page could mean. */
function checkAttributes(given: EventAttributes | undefined): Attributes {
  const kept: Attributes = {};
  for (const [key, value] of Object.entries(given ?? {}).slice(0, EVENT_MAX_ATTRIBUTES)) {
    if (['string', 'number', 'boolean'].includes(typeof value)) kept[key] = value;
    else if (Array.isArray(value)) kept[key] = value.map(String);
  }
  return kept;
}

function onceOnly(tell: (text: string) => void): (text: string) => void {
  let told = false;
  return (text) => {
    if (!told) tell(text);
    told = true;
  };
}
