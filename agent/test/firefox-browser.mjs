// Opens Firefox for the tests, by WebDriver BiDi, and leaves pages as a person would.
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

/** Where Firefox is, unless the variable FIREFOX names another one. */
const USUAL_PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

export function openFirefox() {
  const executablePath = process.env.FIREFOX ?? USUAL_PLACES.find((path) => existsSync(path));
  if (!executablePath || !existsSync(executablePath)) {
    throw new Error('no Firefox found: install it (Debian: firefox-esr), or name it in the variable FIREFOX');
  }
  return puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
}

/** Opens a page with cookies and storage of its own, and waits until the agent has started. */
export async function visit(browser, url, before = async () => {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await before(page);
  await page.goto(url, { waitUntil: 'load' });
  await started(page);
  return page;
}

/** Waits until the agent has started. */
export const started = (page) => page.waitForFunction(() => globalThis.Limen?.version !== undefined);

/** Goes elsewhere: the page is hidden and put away for real. */
export const leave = (page) => page.goto('about:blank');
