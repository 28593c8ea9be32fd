// Starts the demo shop with a PostgreSQL of its own, reporting to a Limen.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { releaseBroken } from "../../crates/demo/release/broken.mjs";
import { firstLine, stopped } from "./child.mjs";
import { binary, workspace } from "./limen.mjs";

/** `broken` has the release of the fault `bad-release` built, and its source map uploaded. */
export async function startShop(limen, { broken = false } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "limen-shop-"));
  const flags = ["--limen", limen.url, "--otlp", limen.otlp, "--key", limen.key];
  if (broken) {
    const built = path.join(folder, "next");
    await releaseBroken(built, binary("limen"), limen.url);
    flags.push("--broken-release", built);
  }
  const child = spawn(binary("limen-demo"), ["shop", ...flags, "--listen", "127.0.0.1:0", "--build-dir", folder], {
    cwd: workspace,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ready = JSON.parse(await firstLine(child, (text) => text.startsWith("{") && text.includes('"ready":true')));
  return {
    url: ready.url,
    postgres: ready.postgres,
    async stop() {
      await stopped(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
