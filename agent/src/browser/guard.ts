// Keeps our mistakes away from the page, and measures what we cost it: every callback of ours runs inside a guard.

/** What the agent has cost the main thread in this page load. */
export const spent = { millis: 0, longest: 0, faults: 0 };

let depth = 0;

/** The callback, never throwing; undefined is its answer when it would have. */
export function guard<Args extends unknown[], T>(callback: (...args: Args) => T): (...args: Args) => T | undefined {
  return (...args) => {
    const start = depth++ ? 0 : performance.now();
    try {
      return callback(...args);
    } catch {
      // Nothing the page or its user could do about it.
      spent.faults++;
      return undefined;
    } finally {
      if (!--depth) {
        const millis = performance.now() - start;
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
