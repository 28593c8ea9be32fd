// A headless Chromium, visitors from a place of one's choice, and pictures of what a person would see.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { INSTALL_HINT, findBrowser, startBrowser as start } from "../../crates/demo/traffic/browser.mjs";
import { setClockBack } from "../../crates/demo/traffic/history.mjs";
import { startProxy } from "../../crates/demo/traffic/proxy.mjs";
import { workspace } from "./limen.mjs";

export async function startBrowser() {
  const found = findBrowser(process.env.CHROMIUM);
  if (!found) throw new Error(INSTALL_HINT);
  return await start(found);
}

/**
 * A visitor whose requests all seem to come from `address`, as behind a load balancer, and so many days ago. Resolves to
 * `{ page, leave, reports }`, of which the last says how many of their reports Limen has answered.
 */
export async function visitorFrom(browser, address, shop, daysBehind = 0) {
  const proxy = await startProxy(address, new URL(shop.url).hostname, daysBehind);
  const context = await browser.newContext({ proxy: { server: proxy.url } });
  if (daysBehind > 0) await context.addInitScript(setClockBack, daysBehind);
  const page = await context.newPage();
  const leave = async () => {
    // Leaving is when a page reports the rest.
    await page.goto("about:blank");
    await context.close();
    proxy.close();
  };
  return { page, leave, reports: proxy.reports };
}

export async function picture(page, name) {
  const folder = path.join(workspace, "e2e/artefacts");
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
