// The agent's public functions: a page may call them at any time, before and after start, and they never throw.
import * as A from './attributes.gen';
import { attempt, guard } from './browser/guard';
import { openStorage } from './browser/storage';
import { whenShown } from './browser/visibility';
import { watchConsent } from './context/consent';
import { ATTRIBUTES_MAX, CALLS_KEPT, NAME_MAX_LENGTH } from './limits';
import { checkOptions } from './options';
import type { EventAttributes, Limen, Options, StartOptions } from './public';
import { prefixed, type Attributes } from './record';
import { start as startAgent, type Running } from './start';

/** Marks the page as observed, across copies and versions of the agent. */
const MARK = Symbol.for('limen.agent');
type Marked = { [MARK]?: Limen | undefined };

const warn = (text: string): void => attempt(() => console.warn(`[limen] ${text}`));

/** `firstHidden` is when the stub saw the page hidden, if it did. */
export function createLimen(firstHidden?: number): Limen {
  let running: Running | undefined;
  let options: Options | undefined;
  let cancelWait: (() => void) | undefined;
  let stopConsent: (() => void) | undefined;
  let calls: ((agent: Running) => void)[] = [];
  const page = globalThis as Marked;

  /** Does it now, or when the agent may start: a page need not know when that is. */
  const whenRunning = (call: (agent: Running) => void): void => {
    if (running) call(running);
    else if (calls.length < CALLS_KEPT) calls.push(call);
  };
  const whenever = <Args extends unknown[]>(act: (agent: Running, ...args: Args) => void) =>
    guard((...args: Args): void => whenRunning(guard((agent) => act(agent, ...args))));

  function begin(): void {
    if (running || cancelWait || !options) return;
    const given = options;
    // A prerendered page that is never shown was never visited.
    const cancel = whenShown(() => {
      running = startAgent(given, once(warn), firstHidden);
      const waiting = calls;
      calls = [];
      for (const call of waiting) call(running);
    });
    cancelWait = cancel;
  }

  function end(forget: boolean): void {
    cancelWait?.();
    running?.stop(forget);
    cancelWait = running = undefined;
    if (forget) calls = [];
  }

  function decide(granted: boolean): void {
    if (granted) return begin();
    end(true);
    // A former visit may have left something although this one has not begun.
    if (options)
      for (const name of ['session', 'settings', 'queue']) openStorage(`limen.${name}.${options.key}`).write(undefined);
  }

  const limen: Limen = {
    version: AGENT_VERSION,
    start: guard((raw: StartOptions) => {
      if (typeof document === 'undefined' || options || page[MARK]) return;
      const problems: string[] = [];
      options = checkOptions(raw, problems);
      if (problems.length > 0) warn(`${options ? '' : 'not started: '}${problems.join('; ')}`);
      if (!options) return;
      page[MARK] = limen;
      const { consent, ignoreGpc } = options;
      const gpc = !ignoreGpc && (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
      if (consent !== 'given' || !gpc) stopConsent = watchConsent(consent, guard(decide));
      if (consent === 'given' && !gpc) begin();
    }),
    stop: guard(() => {
      end(false);
      stopConsent?.();
      options = undefined;
      if (page[MARK] === limen) page[MARK] = undefined;
    }),
    setConsent: guard(decide),
    error: whenever((agent, error: unknown, attributes?: EventAttributes, detail = {}) =>
      agent.errors.report(error, custom(agent, attributes), detail),
    ),
    event: whenever((agent, name: string, attributes?: EventAttributes) => {
      if (typeof name !== 'string' || !name || /^(limen|browser|session)\.|^exception$/.test(name))
        return warn(`event() wants a name of your own, such as "checkout.started", not ${String(name)}`);
      agent.emit.event(name.slice(0, NAME_MAX_LENGTH), custom(agent, attributes));
    }),
    timing: whenever((agent, name: string, millis: number, attributes?: EventAttributes) =>
      agent.emit.event(A.EVENT_TIMING, {
        ...custom(agent, attributes),
        [A.TIMING_NAME]: nameOf(name),
        [A.DURATION]: millis,
      }),
    ),
    transaction: whenever((agent, name: string, state: string, attributes?: EventAttributes) => {
      // Its start outlives the document in the tab, so that a checkout of three pages has one duration.
      const place = `limen.transaction.${nameOf(name)}`;
      const store = agent.options.storage === 'none' ? undefined : attempt(() => sessionStorage);
      const now = agent.clock.wall();
      const began = Number(attempt(() => store?.getItem(place)));
      attempt(() => (state === 'start' ? store?.setItem(place, `${now}`) : store?.removeItem(place)));
      agent.emit.event(A.EVENT_TRANSACTION, {
        ...custom(agent, attributes),
        [A.TRANSACTION_NAME]: nameOf(name),
        [A.TRANSACTION_STATE]: nameOf(state),
        [A.DURATION]: began && state !== 'start' ? Math.max(0, now - began) : undefined,
      });
    }),
    setUser: whenever((agent, id: string | undefined) => {
      const { session, views, options } = agent;
      session.setUser(id ? String(id) : undefined);
      const view = views.current();
      if (options.allowUser) view.userId = session.userId();
      views.touch(view);
    }),
    setContext: whenever((agent, attributes: EventAttributes) => {
      agent.context = { ...agent.context, ...custom(agent, attributes) };
      agent.views.touch(agent.views.current());
    }),
    setView: whenever((agent, name: string) => {
      const view = agent.views.current();
      view.name = nameOf(name) || undefined;
      agent.views.touch(view);
    }),
    flag: whenever((agent, key: string, variant, { reason, provider } = {}) => {
      const [name, value] = [nameOf(key), nameOf(variant)];
      if (agent.flags.get(name) === value) return;
      agent.flags.set(name, value);
      agent.views.touch(agent.views.current());
      agent.emit.event(
        A.EVENT_FLAG,
        prefixed('feature_flag.', {
          key: name,
          'result.variant': value,
          'result.reason': reason,
          'provider.name': provider,
        }),
      );
    }),
    settings: () => running?.settings() ?? {},
    take: whenever((agent, event: Event) => agent.errors.take(event)),
  };
  return limen;
}

/** The agent that already observes this page, if any. */
export const findLimen = (): Limen | undefined => (globalThis as Marked)[MARK];

const nameOf = (text: unknown): string => String(text ?? '').slice(0, NAME_MAX_LENGTH);

/** What the page has allowed to leave, as OTLP can carry it. */
function custom({ options }: Running, given: EventAttributes = {}): Attributes {
  const kept: Attributes = {};
  for (const [key, value] of Object.entries(given).slice(0, ATTRIBUTES_MAX))
    if (options.allowAttributes.includes(key)) kept[key] = Array.isArray(value) ? value.map(String) : value;
  return kept;
}

function once(tell: (text: string) => void): (text: string) => void {
  let told = false;
  return (text) => {
    if (!told) tell(text);
    told = true;
  };
}
