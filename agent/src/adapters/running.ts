// Finds the agent that observes this page, however it was loaded, and never lets a call to it fail.
// Knows nothing of the agent's code, so that an adapter brings no second copy of it along.

export interface ErrorDetail {
  mechanism: string;
  handled: boolean;
  componentStack?: string | undefined;
}

export interface FlagDetail {
  reason?: string | undefined;
  provider?: string | undefined;
}

interface Calls {
  error: [error: unknown, attributes: undefined, detail: ErrorDetail];
  setView: [name: string];
  flag: [key: string, variant: string | number | boolean, detail: FlagDetail];
}

/** The agent, or the stub that keeps calls for it. */
type Agent = { [name: string]: ((...args: unknown[]) => void) | undefined } & { q?: unknown };

const MARK = Symbol.for('limen.agent');
/** A page whose agent never arrives must not collect for ever. */
const WAITING_MAX = 100;
const STUB_NAMES = 'start stop error event timing transaction setUser setContext setView flag setConsent'.split(' ');

export function tell<Name extends keyof Calls>(name: Name, ...args: Calls[Name]): void {
  try {
    // On a server there is no page, and a global would be shared by all visitors.
    if (typeof document === 'undefined') return;
    const page = globalThis as { [MARK]?: Agent; Limen?: Agent };
    const agent = page[MARK] ?? (page.Limen ??= createStub());
    // A page's own stub may be older than a function we want; the script reads its queue all the same.
    if (agent[name]) agent[name](...args);
    else if (Array.isArray(agent.q)) agent.q.push([name, ...args]);
  } catch {
    // Nothing the page could do about it.
  }
}

// The script is loaded asynchronously, and an application that is quicker has its first route named before it arrives.
// The stub has every function, because the page may have code of its own that calls what it finds.
function createStub(): Agent {
  const queue: unknown[] = [];
  const stub = { q: queue } as unknown as Agent;
  for (const name of STUB_NAMES) {
    stub[name] = (...args) => {
      if (queue.length < WAITING_MAX) queue.push([name, ...args]);
    };
  }
  return stub;
}

/** Throws the error where the browser tells of errors that nobody has caught; the agent takes no error twice. */
export function throwToPage(error: unknown): void {
  if (typeof reportError === 'function') return reportError(error);
  setTimeout(() => {
    throw error;
  });
}
