// A headless Chromium, and pictures of what a person would see, kept as artefacts.
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";
import { workspace } from "./limen.mjs";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];

/** Chromium looks up its maker's hosts at every start unless it is told not to; the tests need no network. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function startBrowser() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (!executablePath)
    throw new Error("no Chromium found: install it (apt-get install chromium) or set CHROMIUM to its file");
  return await chromium.launch({ executablePath, args: QUIET });
}

export async function picture(page, name) {
  const folder = path.join(workspace, "e2e/artefacts");
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
