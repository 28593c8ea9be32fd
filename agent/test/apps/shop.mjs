// Opens the small applications of this folder in Chromium, with the agent or with one that only notes what it is told.
import assert from 'node:assert/strict';
import { leave, openBrowser, started } from '../browser.mjs';
import { html, openSite } from '../site.mjs';
import { bundle } from './bundle.mjs';

const PATHS = ['/', '/product/1', '/product/2', '/product/9', '/broken', '/about', '/shelf/books/7', '/nowhere'];

/** The browser and the bundles of these entries, for all tests of a file. */
export async function openShops(entries) {
  const [browser, assets] = await Promise.all([openBrowser(), bundle(entries)]);

  /** A site with the application of these scripts on every path; without the agent if `agent` is false. */
  async function withApp(scripts, run, { agent = true } = {}) {
    const tags = scripts.map((name) => `<script type="module" src="/assets/${name}.js"></script>`).join('');
    const body = `<div id="root"></div><shop-root></shop-root>${tags}`;
    const page = agent ? html(body) : `<!doctype html><title>t</title><link rel="icon" href="data:,"><body>${body}`;
    const api = (_request, response) => response.setHeader('content-type', 'application/json').end('{}');
    const pages = Object.fromEntries(PATHS.map((path) => [path, page]));
    const answers = Object.fromEntries([...PATHS, '/count'].map((path) => [`/api${path}`, api]));
    const site = await openSite({ ...assets, ...pages, ...answers });
    try {
      await run(site);
    } finally {
      await site.close();
    }
  }

  /** A page in a profile of its own; what its console says is noted under `said`. */
  async function open(url, before = async () => {}) {
    const page = await (await browser.newContext()).newPage();
    page.said = [];
    page.on('console', (message) => page.said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => page.said.push(`uncaught: ${error.stack}`));
    await before(page);
    await page.goto(url, { waitUntil: 'commit' });
    return page;
  }

  return { withApp, open, close: () => browser.close() };
}

/** Keeps a script of the page from arriving until the answer is called; for `open`. */
export function holdBack(path) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  return { release, before: (page) => page.route(`**${path}`, (route) => released.then(() => route.continue())) };
}

export const shows = (page, title) => page.locator('h1', { hasText: title }).waitFor();

/** Clicks and waits for the page that this leads to. */
export async function go(page, id, title) {
  await page.click(`#${id}`);
  await shows(page, title);
}

export async function back(page, title) {
  await page.goBack();
  await shows(page, title);
}

/** Leaves the page and waits until the agent has told the end of the visit. */
export async function finish(page, { receiver }) {
  await started(page);
  await page.evaluate(() => globalThis.Limen.event('test.end'));
  await leave(page);
  await receiver.until('the end of the visit', () => receiver.events('test.end'));
}

/** What leaves at once with the page may come in several bodies, so this waits for as many views as there must be. */
export async function assertViews({ receiver }, names) {
  await receiver.until('all views', () => receiver.views().length >= names.length);
  const views = receiver.views().sort((a, b) => a.time - b.time);
  assert.deepEqual(
    views.map(({ at }) => at['limen.view.name']),
    names,
  );
}

/**
 * These errors and no others: the views count them too, so that one which is still on its way is missed.
 * Answers their attributes.
 */
export async function assertErrors({ receiver }, messages) {
  const errors = () => receiver.events('exception').map(({ at }) => at['exception.message']);
  const counted = () => receiver.views().reduce((sum, { at }) => sum + at['limen.view.errors'], 0);
  await receiver.until('all errors', () => errors().length >= messages.length && counted() >= messages.length);
  assert.deepEqual(errors().sort(), [...messages].sort());
  assert.equal(counted(), messages.length);
  return receiver.events('exception').map(({ at }) => at);
}

/** Stands in for the agent and notes what an adapter tells it; for `open`. */
export const standIn = (page) =>
  page.addInitScript(() => {
    globalThis.told = [];
    const plain = (value) => (value instanceof Error ? value.message : value);
    const note =
      (name) =>
      (...args) =>
        globalThis.told.push([name, ...args.map(plain)]);
    globalThis[Symbol.for('limen.agent')] = { error: note('error'), setView: note('setView'), flag: note('flag') };
  });

/** The arguments of every call of that function of the agent's stand-in. */
export const told = (page, name) =>
  page.evaluate((name) => globalThis.told.filter(([called]) => called === name).map(([, ...args]) => args), name);
