// The adapter for Angular in a small real application, with and without zone.js.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  assertErrors,
  assertViews,
  back,
  finish,
  go,
  holdBack,
  openShops,
  shows,
  standIn,
  told,
} from './apps/shop.mjs';
import { started } from './browser.mjs';

const RENDER = 'the page failed to render';
const CLICK = 'the click failed';
const PROMISE = 'the promise failed';

const ZONED = ['angular/zone', 'angular/main'];
const ZONELESS = ['angular/main'];

let shops;
const withApp = (...args) => shops.withApp(...args);
const open = (...args) => shops.open(...args);
before(async () => {
  shops = await openShops(['angular/zone.ts', 'angular/main.ts']);
});
after(() => shops.close());

/** Lets a handler, a promise and a page fail; `told` is the kind of event that tells of the promise. */
async function failThrice(page, told) {
  await started(page);
  await page.click('#throw');
  const rejected = page.waitForEvent(told);
  await page.click('#reject');
  await rejected;
  await page.click('#broken');
  await page.waitForURL('**/broken');
}

for (const [name, scripts, rejection] of [
  ['Angular with zone.js', ZONED, 'console'],
  // A promise is none of Angular's business then.
  ['Angular without zone.js', ZONELESS, 'pageerror'],
]) {
  test(`${name}: views are named by the templates of their routes, redirects and lazy routes included`, () =>
    withApp(scripts, async (site) => {
      const page = await open(`${site.origin}/`);
      await started(page);
      await go(page, 'product-2', 'Product 2');
      await back(page, 'Home');
      await go(page, 'old', 'Product 9');
      await go(page, 'home', 'Home');
      await go(page, 'about', 'About');
      await back(page, 'Home');
      await go(page, 'shelf', 'Shelf');
      await back(page, 'Home');
      await go(page, 'nowhere', 'Missing');
      await finish(page, site);
      const names = ['/', '/product/:id', '/', '/product/:id', '/', '/about', '/', '/shelf/:category/:id', '/', '/**'];
      await assertViews(site, names);
    }));

  test(`${name}: an agent that comes late still learns the name of the first view`, () =>
    withApp(scripts, async (site) => {
      const { before, release } = holdBack('/limen.js');
      const page = await open(`${site.origin}/product/1`, before);
      await shows(page, 'Product 1');
      release();
      await finish(page, site);
      await assertViews(site, ['/product/:id']);
    }));

  test(`${name}: errors arrive once, and the console says the same as without the adapter`, () =>
    withApp(scripts, async (site) => {
      const [bare, observed] = [await open(`${site.origin}/?bare`), await open(`${site.origin}/`)];
      for (const page of [bare, observed]) await failThrice(page, rejection);
      for (const message of [CLICK, PROMISE, RENDER]) assert.ok(bare.said.some((line) => line.includes(message)));
      assert.deepEqual(observed.said, bare.said);
      await finish(observed, site);
      const errors = await assertErrors(site, [CLICK, PROMISE, RENDER]);
      for (const { 'exception.message': message, 'limen.exception.mechanism': mechanism } of errors)
        assert.equal(mechanism, message === PROMISE && scripts === ZONELESS ? 'unhandledrejection' : 'angular');
    }));

  test(`${name}: a handler of the application's own is called in place of Angular's`, () =>
    withApp(
      scripts,
      async (site) => {
        const page = await open(`${site.origin}/?own`, standIn);
        await page.click('#throw');
        await page.click('#broken');
        await page.waitForURL('**/broken');
        assert.deepEqual(await page.evaluate(() => globalThis.ownHandler), [CLICK, RENDER]);
        const detail = { mechanism: 'angular', handled: false };
        assert.deepEqual(await told(page, 'error'), [
          [CLICK, undefined, detail],
          [RENDER, undefined, detail],
        ]);
      },
      { agent: false },
    ));
}

/** How often Angular checks the page in a visit that fetches, goes on and rests; the agent sends twice meanwhile. */
async function countChecks(site, { before, agent, onOpen = async () => {} }) {
  const page = await open(`${site.origin}/`, before);
  await onOpen(page);
  const sent = async (what, ask) => agent && (await site.receiver.until(what, ask));
  await shows(page, 'Home');
  if (agent) await started(page);
  for (const count of ['1', '2']) {
    await page.click('#count');
    await page.locator('#count', { hasText: count }).waitFor();
  }
  await go(page, 'product-2', 'Product 2');
  await sent('the product', ({ views }) => views().some(({ at }) => at['limen.view.name'] === '/product/:id'));
  // All timers are used up: this sets the next one from within Angular's zone.
  await page.evaluate(() => globalThis.inAngular(() => globalThis.Limen?.event?.('told.inside')));
  await sent('what was told inside', ({ events }) => events('told.inside'));
  // Answered after what the agent has sent.
  await page.evaluate(() => fetch('/api/count').then(() => undefined));
  return page.evaluate(() => globalThis.checks());
}

for (const [when, path, until] of [
  ['before zone.js', '/angular/zone.js', (page) => started(page)],
  ['after the application', '/limen.js', (page) => shows(page, 'Home')],
]) {
  test(`Angular with zone.js: an agent that came ${when} causes no round of change detection`, async () => {
    let without;
    await withApp(ZONED, async (site) => (without = await countChecks(site, { agent: false })), { agent: false });
    assert.ok(without > 3);
    await withApp(ZONED, async (site) => {
      const { before, release } = holdBack(path);
      const onOpen = (page) => until(page).then(release);
      assert.equal(await countChecks(site, { before, agent: true, onOpen }), without);
    });
  });
}
