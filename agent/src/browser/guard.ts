// Keeps our mistakes away from the page, and measures what we cost it: every callback of ours runs inside a guard.

/** What the agent has cost the main thread in this page load. */
export const spent = { millis: 0, longest: 0, faults: 0 };

// Taken before the page can put its own in their place, which would count our calls or answer with a clock of its own.
export const now = /* @__PURE__ */ performance.now.bind(performance);
export const { parse, stringify } = JSON;

let depth = 0;
let waiting: (() => void)[] = [];
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

/** The callback, never throwing; undefined is its answer when it would have. It finds done what was put off. */
export const guard =
  <Args extends unknown[], T>(callback: (...args: Args) => T) =>
  (...args: Args): T | undefined => {
    while (!working && doNext());
    return run(callback, args);
  };

/** Work that can wait for the page's own, but not for anything else of ours. */
export function putOff(...works: (() => void)[]): void {
  waiting = works;
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
