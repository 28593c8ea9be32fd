// The inline stub: keeps calls, errors and the time the page was first hidden until the agent has arrived.

/** What the agent finds in the place it will take. */
export interface Stub {
  /** Calls to make: the name of a function of the agent, and what it was given. */
  q?: [name: string, ...args: unknown[]][];
  /** When the page was first hidden, on the document's clock. */
  h?: number;
}

const stub = ((globalThis as { Limen?: Stub }).Limen = {
  q: [],
  h: document.visibilityState === 'hidden' ? 0 : Infinity,
} as Stub & Record<string, unknown>);
'start stop error event timing transaction setUser setContext setView flag setConsent'
  .split(' ')
  .forEach((name) => (stub[name] = (...args: unknown[]) => stub.q?.push([name, ...args])));
const keep = (event: Event): unknown => stub.q?.push(['take', event]);
addEventListener('error', keep, true);
addEventListener('unhandledrejection', keep);
document.addEventListener('visibilitychange', () => (stub.h = Math.min(stub.h!, performance.now())));
