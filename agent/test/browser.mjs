// Opens Chromium for the tests, and leaves pages as a person would.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(`no Chromium at ${executablePath}: install it, or name it in the variable CHROMIUM`);
  }
  // Playwright turns the back/forward cache off; visitors have it.
  return chromium.launch({ executablePath, args: FLAGS, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
}

/** Opens a page in a profile of its own, and fails the test when the page's console shows an error of ours. */
export async function visit(browser, url, before = async () => {}) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await before(page);
  await page.goto(url, { waitUntil: 'load' });
  return page;
}

/** Goes elsewhere: the page is hidden and put away for real. */
export const leave = (page) => page.goto('about:blank');

/** Waits until the agent has started. */
export const started = (page) => page.waitForFunction(() => globalThis.Limen?.version !== undefined);
