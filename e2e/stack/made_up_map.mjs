// Uploads a source map of a script that nobody built.
import assert from "node:assert/strict";

export const MAP_ID = "0a1b2c3d-0000-4000-8000-0123456789ab";

/** Known by its debug id and, where a release is named, by that and its path. */
export async function sendMap(limen, { id = MAP_ID, release, path } = {}) {
  const query = new URLSearchParams({ debug_id: id, ...(release ? { release, url: path } : {}) });
  const map = { version: 3, sources: ["src/pay.ts"], sourcesContent: ["pay();\n"], names: [], mappings: "AAAA" };
  const sent = await fetch(`${limen.url}/api/v1/sourcemaps?${query}`, { method: "PUT", body: JSON.stringify(map) });
  assert.equal(sent.status, 201, await sent.text());
}
