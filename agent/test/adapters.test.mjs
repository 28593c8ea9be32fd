// The adapters for React, Vue and OpenFeature in small real applications: what must arrive, and the page that goes on as it was.
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

let shops;
const withApp = (...args) => shops.withApp(...args);
const open = (...args) => shops.open(...args);
before(async () => {
  shops = await openShops(['react/data.jsx', 'react/declarative.jsx', 'vue/main.js', 'openfeature/main.js']);
});
after(() => shops.close());

for (const app of ['react/data', 'react/declarative']) {
  test(`${app}: views are named by the templates of their routes, redirects and lazy routes included`, () =>
    withApp([app], async (site) => {
      const page = await open(`${site.origin}/`);
      await started(page);
      await go(page, 'product-2', 'Product 2');
      await back(page, 'Home');
      await go(page, 'old', 'Product 9');
      await go(page, 'home', 'Home');
      await go(page, 'about', 'About');
      await back(page, 'Home');
      await go(page, 'shelf', 'Shelf of books');
      await finish(page, site);
      const shelf = app === 'react/data' ? '/shelf/:category/*' : '/shelf/:category/:id';
      await assertViews(site, ['/', '/product/:id', '/', '/product/:id', '/', '/about', '/', shelf]);
    }));

  test(`${app}: a path without a route is a splat, and not the root`, () =>
    withApp([app], async (site) => {
      const page = await open(`${site.origin}/nowhere`);
      await page.locator('#root *').first().waitFor();
      await finish(page, site);
      await assertViews(site, ['/*']);
    }));

  test(`${app}: an agent that comes late still learns the name of the first view`, () =>
    withApp([app], async (site) => {
      const { before, release } = holdBack('/limen.js');
      const page = await open(`${site.origin}/product/1`, before);
      await shows(page, 'Product 1');
      release();
      await finish(page, site);
      await assertViews(site, ['/product/:id']);
    }));

  test(`${app}: what the boundary caught arrives once, and the page may try again`, () =>
    withApp([app], async (site) => {
      const page = await open(`${site.origin}/`);
      await started(page);
      await go(page, 'broken', 'Sorry');
      assert.equal(await page.evaluate(() => globalThis.ownOnError), RENDER);
      await page.evaluate(() => (globalThis.mended = true));
      await go(page, 'again', 'Mended');
      await finish(page, site);
      const [error] = await assertErrors(site, [RENDER]);
      assert.equal(error['exception.type'], 'TypeError');
      assert.equal(error['limen.exception.mechanism'], 'react');
      assert.equal(error['limen.exception.handled'], true);
      assert.match(error['limen.exception.component_stack'], /at Broken .*\n\s+at LimenErrorBoundary/);
    }));

  test(`${app}: what a boundary of the page's own caught arrives once, by the handlers of the root`, () =>
    withApp([app], async (site) => {
      const page = await open(`${site.origin}/?own`);
      await started(page);
      await go(page, 'broken', 'Sorry');
      await finish(page, site);
      await assertErrors(site, [RENDER]);
    }));

  test(`${app}: an error of an event handler arrives once, and the page goes on`, () =>
    withApp([app], async (site) => {
      const page = await open(`${site.origin}/`);
      await started(page);
      await page.click('#throw');
      await go(page, 'product-1', 'Product 1');
      await finish(page, site);
      await assertErrors(site, [CLICK]);
    }));

  test(`${app}: the console says the same with the adapter and without it`, () =>
    withApp([app], async (site) => {
      const [bare, observed] = [await open(`${site.origin}/?bare`), await open(`${site.origin}/?own`)];
      for (const page of [bare, observed]) {
        await started(page);
        await page.click('#throw');
        await go(page, 'broken', 'Sorry');
        await back(page, 'Home');
        const failed =
          app === 'react/data'
            ? page.waitForEvent('console', (message) => message.text().startsWith('React Router caught'))
            : page.waitForEvent('pageerror');
        await page.click('#crash');
        await failed;
      }
      assert.ok(bare.said.filter((line) => line.includes(RENDER)).length >= 2);
      assert.deepEqual(observed.said, bare.said);
    }));
}

test('React: an error that no boundary catches arrives once', () =>
  withApp(['react/declarative'], async (site) => {
    const page = await open(`${site.origin}/`);
    await started(page);
    const failed = page.waitForEvent('pageerror');
    await page.click('#crash');
    await failed;
    await finish(page, site);
    const [error] = await assertErrors(site, [RENDER]);
    assert.equal(error['limen.exception.mechanism'], 'react');
    assert.equal(error['limen.exception.handled'], false);
  }));

test('React: the agent is told whether an error was caught, and in which components it was thrown', () =>
  withApp(
    ['react/declarative'],
    async (site) => {
      const page = await open(`${site.origin}/`, standIn);
      await go(page, 'broken', 'Sorry');
      await back(page, 'Home');
      const failed = page.waitForEvent('pageerror');
      await page.click('#crash');
      await failed;
      const errors = await told(page, 'error');
      assert.deepEqual(
        errors.map(([message, , { mechanism, handled }]) => [message, mechanism, handled]),
        [
          [RENDER, 'react', true],
          [RENDER, 'react', false],
        ],
      );
      assert.match(errors[0][2].componentStack, /at Broken .*\n\s+at LimenErrorBoundary/);
      assert.match(errors[1][2].componentStack, /at Broken /);
    },
    { agent: false },
  ));

test('Vue: views are named by the paths of their routes, redirects and lazy routes included', () =>
  withApp(['vue/main'], async (site) => {
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
    const names = ['/', '/product/:id(\\d+)', '/', '/product/:id(\\d+)', '/', '/about', '/', '/shelf/:category/:id'];
    await assertViews(site, [...names, '/', '/:rest(.*)*']);
  }));

test('Vue: an agent that comes late still learns the name of the first view', () =>
  withApp(['vue/main'], async (site) => {
    const { before, release } = holdBack('/limen.js');
    const page = await open(`${site.origin}/product/1`, before);
    await shows(page, 'Product 1');
    release();
    await finish(page, site);
    await assertViews(site, ['/product/:id(\\d+)']);
  }));

/** Lets a handler and a page of the Vue application fail. */
async function failTwice(page) {
  await started(page);
  await page.click('#throw');
  await page.click('#broken');
  await page.waitForURL('**/broken');
}

test('Vue: errors of components arrive once, and the console says the same as without the plugin', () =>
  withApp(['vue/main'], async (site) => {
    const [bare, observed] = [await open(`${site.origin}/?bare`), await open(`${site.origin}/`)];
    for (const page of [bare, observed]) await failTwice(page);
    assert.equal(bare.said.length, 2);
    assert.deepEqual(observed.said, bare.said);
    await finish(observed, site);
    for (const error of await assertErrors(site, [CLICK, RENDER])) {
      assert.equal(error['limen.exception.mechanism'], 'vue');
      assert.equal(error['limen.exception.handled'], false);
      assert.match(error['limen.exception.component_stack'], /at ShopApp$/);
    }
  }));

test("Vue: the application's own errorHandler is still called, and alone decides what becomes of the error", () =>
  withApp(['vue/main'], async (site) => {
    const page = await open(`${site.origin}/?own`);
    await failTwice(page);
    const handled = await page.evaluate(() => globalThis.ownHandler);
    assert.deepEqual(
      handled.map((line) => line.split(', ')[0]),
      [CLICK, RENDER],
    );
    assert.deepEqual(page.said, []);
    await finish(page, site);
    await assertErrors(site, [CLICK, RENDER]);
  }));

test('Vue: the agent is told what Vue was doing, and in which components', () =>
  withApp(
    ['vue/main'],
    async (site) => {
      const page = await open(`${site.origin}/`, standIn);
      await page.click('#broken');
      await page.waitForURL('**/broken');
      const [[message, , { componentStack, ...detail }], ...more] = await told(page, 'error');
      assert.deepEqual(more, []);
      assert.equal(message, RENDER);
      assert.deepEqual(detail, { mechanism: 'vue', handled: false });
      const [doing, ...components] = componentStack.split('\n').map((line) => line.trim());
      assert.equal(doing, 'runtime-1');
      assert.deepEqual(components, ['at BrokenPage', 'at RouterView', 'at ShopApp']);
    },
    { agent: false },
  ));

test('OpenFeature: each result is told once for a path, with its reason, and flags are answered as before', () =>
  withApp(
    ['openfeature/main'],
    async (site) => {
      const page = await open(`${site.origin}/`, standIn);
      const answers = await (await page.waitForFunction(() => globalThis.answers)).jsonValue();
      assert.deepEqual(answers, ['three steps', 'three steps', false, true, { a: 1 }]);
      const provider = 'in-memory';
      assert.deepEqual(await told(page, 'flag'), [
        ['checkout', 'new', { reason: 'static', provider }],
        ['banner', 'off', { reason: 'static', provider }],
        ['unknown', true, { reason: 'error', provider }],
        ['unknown-object', 'object', { reason: 'error', provider }],
      ]);
    },
    { agent: false },
  ));

test('OpenFeature: what was told arrives as evaluations', () =>
  withApp(['openfeature/main'], async (site) => {
    const page = await open(`${site.origin}/`);
    await page.waitForFunction(() => globalThis.answers);
    await finish(page, site);
    const flags = await site.receiver.until('four flags', ({ events }) => {
      const arrived = events('feature_flag.evaluation').map(({ at }) => at);
      return arrived.length >= 4 && arrived;
    });
    // They may come in several bodies, in any order.
    const line = (at) =>
      ['key', 'result.variant', 'result.reason', 'provider.name'].map((name) => at[`feature_flag.${name}`]);
    assert.deepEqual(flags.map((at) => line(at).join(' ')).sort(), [
      'banner off static in-memory',
      'checkout new static in-memory',
      'unknown true error in-memory',
      'unknown-object object error in-memory',
    ]);
  }));
