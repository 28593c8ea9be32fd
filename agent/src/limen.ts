// The agent's public functions: a page may call them at any time, before and after start, and they never throw.
import { A } from './attributes.gen';
import { attempt, guard } from './browser/guard';
import type { Storage } from './browser/storage';
import { whenShown } from './browser/visibility';
import { reportError, takeError } from './collect/errors';
import { wall } from './context/clock';
import { watchConsent } from './context/consent';
import { emitEvent } from './context/emit';
import { settings } from './context/settings';
import { touch, userId, view } from './context/view';
import { ATTRIBUTES_MAX, CALLS_KEPT, NAME_MAX_LENGTH } from './limits';
import { checkOptions } from './options';
import { redactText } from './privacy/url';
import type { EventAttributes, Limen, Options, StartOptions } from './public';
import { orUnknown, prefixed, type Attributes } from './record';
import { addContext, flags, isRunning, options, session } from './running';
import { start, stop, storageOf } from './start';
import type { Stub } from './stub';

/** Marks the page as observed, across copies and versions of the agent. */
const MARK = /* @__PURE__ */ Symbol.for('limen.agent');
const page = globalThis as { [MARK]?: Limen | undefined };

/** The agent that already observes this page, if any. */
export const findLimen = (): Limen | undefined => page[MARK];

/** When the stub saw the page hidden, if it did. */
let firstHidden: number | undefined;
let given: Options | undefined;
let cancelWait: (() => void) | undefined;
let stopConsent: (() => void) | undefined;
let calls: (() => void)[] = [];
let transactions: Storage | undefined;
/** False after a no and after the end: what is called then is not made up for. */
let mayStart = true;

/** Makes the calls that a stub has kept, now or when the agent may start. Its listeners fall silent without a queue. */
export function catchUp(stub: Partial<Stub> | undefined): void {
  const queue = stub?.q;
  if (!Array.isArray(queue)) return;
  firstHidden = stub!.h;
  delete stub!.q;
  for (const [name, ...args] of queue) (limen as unknown as Record<string, Function | undefined>)[name]?.(...args);
}

const warn = (text: string): void => attempt(() => console.warn(`[limen] ${text}`));

/** Does it now, or when the agent may start: a page need not know when that is. */
const whenever = <Args extends unknown[]>(act: (...args: Args) => void): ((...args: Args) => void) =>
  guard((...args: Args): void => {
    if (isRunning) act(...args);
    else if (mayStart && calls.length < CALLS_KEPT) calls.push(guard(() => act(...args)));
  });

function beginNow(): void {
  if (cancelWait || !given) return;
  let told = false;
  const tellOnce = (text: string): void => {
    if (!told) warn(text);
    told = true;
  };
  // A prerendered page that is never shown was never visited.
  const cancel = whenShown(() => {
    start(given!, tellOnce, firstHidden);
    for (const call of calls.splice(0)) call();
  });
  cancelWait = cancel;
}

function endNow(forget: boolean): void {
  cancelWait?.();
  cancelWait = undefined;
  stop(forget);
}

/** A no takes everything back, also what a former visit has left. */
function decide(granted: boolean): void {
  mayStart = granted;
  if (granted) return beginNow();
  endNow(true);
  calls = [];
  transactions = undefined;
  if (given)
    for (const name of ['session', 'settings', 'queue', 'transactions']) storageOf(name, given).write(undefined);
}

export const limen: Limen = {
  version: AGENT_VERSION,
  start: guard((raw: StartOptions) => {
    if (typeof document === 'undefined' || given || page[MARK]) return;
    const problems: string[] = [];
    given = checkOptions(raw, problems);
    if (problems.length) warn(`${given ? '' : 'not started: '}${problems.join('; ')}`);
    if (!given) return;
    page[MARK] = limen;
    mayStart = true;
    // A module comes without a tag that would have done so.
    catchUp((globalThis as { Limen?: Stub }).Limen);
    // Global Privacy Control is a no that only the user's own word to this page can change.
    const gpc = !given.ignoreGpc && (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
    if (given.consent === 'given' && !gpc) beginNow();
    else stopConsent = watchConsent(given.consent, guard(decide));
  }),
  stop: guard(() => {
    endNow(false);
    stopConsent?.();
    mayStart = false;
    given = undefined;
    if (page[MARK] === limen) page[MARK] = undefined;
  }),
  setConsent: guard(decide),
  error: whenever((error, attributes, detail) => reportError(error, custom(attributes), detail)),
  event: whenever((name, attributes) => {
    if (typeof name !== 'string' || !name || /^(limen|browser|session)\.|^exception$/.test(name))
      return warn(`event() wants a name of your own, such as "checkout.started", not ${String(name)}`);
    emitEvent(nameOf(name), custom(attributes));
  }),
  timing: whenever((name, millis, attributes) =>
    emitEvent(A.EVENT_TIMING, { ...custom(attributes), [A.TIMING_NAME]: nameOf(name), [A.DURATION]: millis }),
  ),
  transaction: whenever((name, state, attributes) => {
    // Its start outlives the document in the tab, so that a checkout of three pages has one duration.
    const storage = (transactions ??= storageOf('transactions', options));
    const { [nameOf(name)]: began, ...others } = (storage.read() ?? {}) as Record<string, number | undefined>;
    const starts = state === 'start';
    storage.write(starts ? { ...others, [nameOf(name)]: wall() } : others);
    emitEvent(A.EVENT_TRANSACTION, {
      ...custom(attributes),
      [A.TRANSACTION_NAME]: nameOf(name),
      [A.TRANSACTION_STATE]: nameOf(state),
      [A.DURATION]: began && !starts ? Math.max(0, wall() - began) : undefined,
    });
  }),
  setUser: whenever((id) => {
    session.setUser(id ? String(id) : undefined);
    view.userId = userId();
    touch();
  }),
  setContext: whenever((attributes) => {
    addContext(custom(attributes));
    touch();
  }),
  setView: whenever((name) => {
    view.name = nameOf(name) || undefined;
    touch();
  }),
  flag: whenever((key, variant, { reason, provider } = {}) => {
    const [name, value] = [nameOf(key), nameOf(variant)];
    if (flags[name] === value) return;
    flags[name] = value;
    touch();
    emitEvent(
      A.EVENT_FLAG,
      prefixed('feature_flag.', {
        key: name,
        'result.variant': value,
        'result.reason': orUnknown(nameOf(reason)),
        'provider.name': orUnknown(nameOf(provider)),
      }),
    );
  }),
  settings: () => settings,
  take: whenever(takeError),
};

const nameOf = (text: unknown): string => redactText(String(text ?? ''), NAME_MAX_LENGTH);

/** What the page has allowed to leave, as OTLP can carry it. */
function custom(attributes: EventAttributes = {}): Attributes {
  const kept: Attributes = {};
  for (const [key, value] of Object.entries(attributes).slice(0, ATTRIBUTES_MAX))
    if (options.allowAttributes.includes(key)) kept[key] = Array.isArray(value) ? value.map(String) : value;
  return kept;
}
