// Keeps our mistakes away from the page, and measures what we cost it: every callback of ours runs inside a guard.

/** What the agent has cost the main thread in this page load. */
export const spent = { millis: 0, longest: 0, faults: 0 };

// Taken before the page can put its own in their place, which would count our calls or answer with a clock of its own.
export const now = /* @__PURE__ */ performance.now.bind(performance);
export const { parse, stringify } = JSON;

let depth = 0;
let waiting: (() => void)[] = [];
/** How many of them, at the end, an early callback does not wait for. */
let spared = 0;
let working = false;

function run<Args extends unknown[], T>(callback: (...args: Args) => T, args: Args): T | undefined {
  const start = depth++ ? 0 : now();
  try {
    return callback(...args);
  } catch {
    // Nothing the page or its user could do about it.
    spent.faults++;
    return undefined;
  } finally {
    if (!--depth) {
      const millis = now() - start;
      spent.millis += millis;
      if (millis > spent.longest) spent.longest = millis;
    }
  }
}

/**
 * The callback, never throwing; undefined is its answer when it would have. It finds done what was put off; an `early` one
 * only the first part of it.
 */
export const guard =
  <Args extends unknown[], T>(callback: (...args: Args) => T, early?: boolean) =>
  (...args: Args): T | undefined => {
    while (!working && waiting.length > (early ? spared : 0)) doNext();
    return run(callback, args);
  };

/** Work that can wait for the page's own, but not for anything else of ours; `rest` not even for early callbacks. */
export function putOff(first: (() => void)[], rest: (() => void)[]): void {
  waiting = [...first, ...rest];
  spared = rest.length;
}

/** Does a part of what was put off; false when there was none. */
export function doNext(): boolean {
  const work = waiting.shift();
  working = true;
  if (work) run(work, []);
  working = false;
  return !!work;
}

/** The value, or undefined when asking for it throws. */
export function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
