// Keeps our mistakes away from the page: a guarded callback never throws.

export function guard<Args extends unknown[]>(callback: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch {
      // Nothing the page or its user could do about it.
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
