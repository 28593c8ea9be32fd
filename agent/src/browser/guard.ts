// Keeps our mistakes away from the page, and measures what we cost it: every callback of ours runs inside a guard.

/** What the agent has cost the main thread in this page load. */
export const spent = { millis: 0, longest: 0, faults: 0 };

// Taken before the page can put its own in their place, which would count our calls or answer with a clock of its own.
export const now = /* @__PURE__ */ performance.now.bind(performance);
export const { parse, stringify } = JSON;

let depth = 0;

/** The callback, never throwing; undefined is its answer when it would have. */
export function guard<Args extends unknown[], T>(callback: (...args: Args) => T): (...args: Args) => T | undefined {
  return (...args) => {
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
  };
}

/** The value, or undefined when asking for it throws. */
export function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
