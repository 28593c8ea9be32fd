// Child processes: wait for the line that says "ready", end them in order.
import { once } from "node:events";
import { createInterface } from "node:readline";

/** The first line of the child's output that `wanted` accepts; fails when the child ends before. */
export async function firstLine(child, wanted) {
  const lines = createInterface({ input: child.stdout });
  const found = new Promise((resolve, reject) => {
    lines.on("line", (line) => wanted(line) && resolve(line));
    child.once("exit", (code, signal) =>
      reject(new Error(`${child.spawnfile} ended before it was ready: ${code ?? signal}`)),
    );
    child.once("error", reject);
  });
  // Keeps reading afterwards, so that a full pipe never blocks the child.
  return await found;
}

/** Asks the child to end as Ctrl-C does and waits until it has. */
export async function stopped(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGINT");
  await exit;
}
