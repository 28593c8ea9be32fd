// A browser whose tabs are hidden and shown as those of a person, and visits in it.
import { existsSync } from 'node:fs';
import { launch } from 'puppeteer-core';
import { openSite } from './site.mjs';

/** Unlike Playwright, Puppeteer does not pretend that a tab in the background is visible. */
export function openTabs() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(`no Chromium at ${executablePath}: install it, or name it in the variable CHROMIUM`);
  }
  return launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'], defaultViewport: null });
}

/** Runs a visit in a profile of its own; `elsewhere` is a second tab, which hides the first when it comes to the front. */
export async function visitingTabs(browser, routes, run) {
  const site = await openSite({ '/api/ok': '{}', ...routes });
  const context = await browser.createBrowserContext();
  try {
    const elsewhere = await context.newPage();
    const page = await context.newPage();
    return await run({ ...site, page, elsewhere });
  } finally {
    await context.close();
    await site.close();
  }
}

/** Brings the other tab to the front, and waits until this one knows. */
export async function hide(page, elsewhere) {
  const hidden = page.evaluate(
    () => new Promise((done) => document.addEventListener('visibilitychange', () => done(), { once: true })),
  );
  await elsewhere.bringToFront();
  await hidden;
}

export async function show(page) {
  await page.bringToFront();
  await page.waitForFunction(() => document.visibilityState === 'visible');
}
