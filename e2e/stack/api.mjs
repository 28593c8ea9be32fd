// Reads Limen's API, and waits for what must arrive there.

/** The longest a test waits for something that must come; it goes on as soon as it is there. */
const PATIENCE_MS = 60_000;
const ASK_AGAIN_MS = 250;

export function api(limen) {
  return async (path) => {
    const response = await fetch(`${limen.url}/api/v1${path}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  };
}

/** Asks until `find` returns something; the error names what never came and what was there instead. */
export async function eventually(what, find) {
  const deadline = Date.now() + PATIENCE_MS;
  let last;
  while (Date.now() < deadline) {
    try {
      const found = await find();
      if (found) return found;
      last = found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  throw new Error(
    `not within ${PATIENCE_MS / 1000} s: ${what} (last: ${last instanceof Error ? last.message : JSON.stringify(last)})`,
  );
}
