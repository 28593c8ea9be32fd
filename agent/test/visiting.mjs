// Visits to pages of a site of their own, the ways to start the agent in them, and what a page shows of it.
import { html, openSite } from './site.mjs';
import { started } from './browser.mjs';

/**
 * Runs a visit to `routes` in a profile of its own. `before` comes ahead of the first page; it may add routes, which
 * know the site by then.
 */
export async function visiting(browser, routes, run, before = async () => {}) {
  const own = { '/api/ok': (_request, response) => response.end('{}'), ...routes };
  const site = await openSite(own);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await before({ ...site, page, context, routes: own });
    await page.goto(site.origin, { waitUntil: 'load' });
    return await run({ ...site, page, context });
  } finally {
    await context.close();
    await site.close();
  }
}

/** Opens another tab of the same profile. */
export async function openTab(context, url) {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  await started(page);
  return page;
}

/** A page whose script starts the agent: `options` is the source of an object. */
export const startedByScript = (body, options = '{}') =>
  html(body).replace(
    /<script async[^>]*><\/script>/,
    `<script src="/limen.js"></script>
     <script>Limen.start({ key: 'test-key', endpoint: location.origin, service: 'shop', ...${options} });</script>`,
  );

/** Which of the functions that the agent may wrap are the browser's own. */
export const nativeFunctions = (page) =>
  page.evaluate(() => {
    const { open, send, setRequestHeader } = XMLHttpRequest.prototype;
    const all = { fetch, open, send, setRequestHeader, pushState: history.pushState, warn: console.warn };
    return Object.keys(all).filter((name) => /\[native code\]/.test(Function.prototype.toString.call(all[name])));
  });
export const ALL_NATIVE = ['fetch', 'open', 'send', 'setRequestHeader', 'pushState', 'warn'];

/** What the page's origin has in its storages. */
export const stored = (page) =>
  page.evaluate(() =>
    [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...document.cookie.split(';')].filter(Boolean),
  );

/** Without the Navigation API the agent has to wrap the history, if it may. */
export const withoutNavigationApi = ({ page }) =>
  page.addInitScript(() => Object.defineProperty(globalThis, 'navigation', { value: undefined }));

/**
 * Waits until a page that is opened now has told all it will tell at its end: whatever was sent before it has arrived
 * by then. Gives the events of all other pages.
 */
export async function othersAfter({ context, origin, receiver }) {
  const marker = await context.browser().newContext();
  const page = await marker.newPage();
  await page.goto(`${origin}/marker`);
  await page.goto('about:blank');
  const isMarker = ({ at }) => at['browser.document.url.full'] === `${origin}/marker`;
  await receiver.until('the marker', (r) => r.events('limen.agent').some(isMarker));
  await marker.close();
  return receiver.events().filter((event) => !isMarker(event));
}
export const markerRoute = { '/marker': html('<p>marker</p>') };

/** Waits until events of all these names have arrived, and gives the first of each. */
export const arrived = (receiver, ...names) =>
  receiver.until(names.join(', '), (r) => {
    const firsts = names.map((name) => r.events(name)[0]);
    return firsts.every(Boolean) && firsts;
  });
