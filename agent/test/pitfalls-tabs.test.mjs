// Tabs that are hidden, prerendered or opened in the background, where agents get them wrong: each behaviour bears its number.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { once, EventEmitter } from 'node:events';
import { after, before, test } from 'node:test';
import { html } from './site.mjs';
import { hide, openTabs, show, visitingTabs } from './tabs.mjs';
import { arrived } from './visiting.mjs';

let browser;
before(async () => (browser = await openTabs()));
after(() => browser.close());

/** Buttons that keep the main thread busy for so long. */
const busy = html(
  `<style>button { width: 200px; height: 60px }</style>
   <button id="a" onclick="work(100)">a</button><button id="b" onclick="work(300)">b</button>
   <script>function work(millis) { const end = performance.now() + millis; while (performance.now() < end); }</script>`,
);
const inpTold = (page) =>
  page.evaluate(
    () =>
      new Promise((done) =>
        new PerformanceObserver((list) => list.getEntries().some(({ name }) => name === 'click') && done()).observe({
          type: 'event',
          durationThreshold: 40,
        }),
      ),
  );
async function click(page, selector) {
  const told = inpTold(page);
  await page.click(selector);
  await told;
}

test('#1 INP is told whenever the page is hidden, under one id, and the last value wins', () =>
  visitingTabs(browser, { '/': busy }, async ({ page, elsewhere, origin, receiver }) => {
    await page.goto(origin, { waitUntil: 'load' });
    const inps = () => receiver.events('browser.web_vital').filter(({ at }) => at['browser.web_vital.name'] === 'inp');
    await click(page, '#a');
    await hide(page, elsewhere);
    const [first] = await receiver.until('the first INP', inps);
    const before = await receiver.until('its view', (r) => r.views().find(({ at }) => at['limen.view.inp']));
    assert.equal(before.at['limen.view.inp'], first.at['browser.web_vital.value']);
    await show(page);
    await click(page, '#b');
    await hide(page, elsewhere);
    const last = await receiver.until('a worse one', () =>
      inps().find(({ at }) => at['browser.web_vital.value'] > first.at['browser.web_vital.value']),
    );
    assert.ok(first.at['browser.web_vital.value'] >= 100 && last.at['browser.web_vital.value'] >= 300);
    assert.equal(last.at['browser.web_vital.id'], first.at['browser.web_vital.id']);
    const [view] = await receiver.until('the last state', (r) =>
      r.views().filter(({ at }) => at['limen.view.inp'] === last.at['browser.web_vital.value']),
    );
    assert.equal(receiver.views().length, 1);
    assert.ok(view.at['limen.view.version'] > before.at['limen.view.version']);
    assert.equal(await page.evaluate(() => document.visibilityState), 'hidden', 'the page is still there');
  }));

/** The event timings of the page are those of the test: `interactions` of them, some of which the browser tells. */
const feed = (page) =>
  page.evaluateOnNewDocument(() => {
    globalThis.interactions = 0;
    Object.defineProperty(performance, 'interactionCount', { get: () => globalThis.interactions });
    const Native = PerformanceObserver;
    globalThis.PerformanceObserver = class extends Native {
      constructor(callback) {
        super(callback);
        this.own = callback;
      }
      observe(options) {
        if (!/^(event|first-input)$/.test(options.type)) return super.observe(options);
        globalThis.tellEvents = (durations) =>
          this.own({
            getEntries: () =>
              durations.map((duration, i) => {
                const startTime = 1_000 + i * 100_000;
                const times = { startTime, duration, processingStart: startTime + 1, processingEnd: startTime + 2 };
                return {
                  entryType: 'event',
                  name: 'pointerup',
                  interactionId: 7 * (i + 1),
                  target: document.body,
                  ...times,
                };
              }),
          });
      }
      takeRecords() {
        return [];
      }
    };
  });
for (const [name, interactions, durations, expected] of [
  ['the worst of less than fifty', 49, [80, 640, 320], 640],
  ['the third worst of a hundred', 100, [80, 640, 320, 500, 1_000, 120], 500],
  [
    'one of the ten longest, however many there were',
    10_000,
    [90, 80, 70, 60, 100, 110, 120, 130, 140, 150, 160, 50],
    70,
  ],
  ['zero where there were interactions that the browser did not tell of', 3, [], 0],
  ['a minute at most', 1, [3_600_000], 60_000],
])
  test(`#2 INP is ${name}`, () =>
    visitingTabs(browser, { '/': busy }, async ({ page, elsewhere, origin, receiver }) => {
      await feed(page);
      await page.goto(origin, { waitUntil: 'load' });
      await page.evaluate(
        (interactions, durations) => {
          globalThis.interactions = interactions;
          if (durations.length) tellEvents(durations);
        },
        interactions,
        durations,
      );
      await hide(page, elsewhere);
      const view = await receiver.until('the INP', (r) =>
        r.views().find(({ at }) => at['limen.view.inp'] !== undefined),
      );
      assert.equal(view.at['limen.view.inp'], expected);
      assert.equal(view.at['limen.view.inp.interaction_count'], interactions);
    }));

const stub = readFileSync(new URL('../dist/stub.js', import.meta.url), 'utf8');
test('#4 an agent that comes after the page was hidden once does not take later paints for its own', () =>
  visitingTabs(browser, { '/empty': `<script>${stub}</script>` }, async ({ page, elsewhere, origin, receiver }) => {
    // A browser that does not remember when a page was hidden: only the stub saw it.
    await page.evaluateOnNewDocument(() => {
      const native = performance.getEntriesByType.bind(performance);
      performance.getEntriesByType = (type) => (type === 'visibility-state' ? [] : native(type));
    });
    await page.goto(`${origin}/empty`, { waitUntil: 'load' });
    await hide(page, elsewhere);
    await show(page);
    await page.evaluate(async () => {
      const script = Object.assign(document.createElement('script'), { src: '/limen.js' });
      script.dataset.key = 'test-key';
      document.body.insertAdjacentHTML('beforeend', `<h1>${'Much later '.repeat(50)}</h1>`);
      const there = new Promise((done) => (script.onload = done));
      document.head.append(script);
      await there;
      // The paint is told in the frames after it.
      await new Promise((done) =>
        new PerformanceObserver(() => done()).observe({ type: 'largest-contentful-paint', buffered: true }),
      );
    });
    await hide(page, elsewhere);
    const [view] = await arrived(receiver, 'limen.view', 'limen.agent');
    assert.equal(view.at['limen.view.lcp'], undefined);
    assert.equal(view.at['limen.view.fcp'], undefined);
    assert.ok(view.at['limen.view.load_time'] > 0, 'it was hidden only after it had loaded');
  }));

/** Shows a page that was prerendered, and hides it when it is painted. */
async function visitPrerendered(run) {
  const prerendered = new EventEmitter();
  const [loaded, painted] = ['loaded', 'painted'].map((event) => once(prerendered, event));
  const rules = '{"prerender":[{"source":"list","urls":["/next"],"eagerness":"immediate"}]}';
  await visitingTabs(
    browser,
    {
      '/': `<a id="go" href="/next">next</a><script type="speculationrules">${rules}</script>`,
      '/next': html(`<h1>Next</h1><script>
        onload = () => setTimeout(() => fetch('/api/loaded'));
        document.addEventListener('prerenderingchange', () =>
          new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint').length && fetch('/api/painted'))
            .observe({ type: 'paint', buffered: true }));
      </script>`),
      '/api/loaded': (_request, response) => response.end(String(prerendered.emit('loaded'))),
      '/api/painted': (_request, response) => response.end(String(prerendered.emit('painted'))),
    },
    async ({ page, elsewhere, origin, receiver }) => {
      await page.goto(origin, { waitUntil: 'load' });
      await loaded;
      assert.deepEqual(receiver.bodies, [], 'nothing leaves as long as nobody sees the page');
      const shownAt = Date.now();
      await page.click('#go');
      // The page says so itself: from outside it is another one for a while.
      await painted;
      await elsewhere.bringToFront();
      const view = await receiver.until('the view', (r) =>
        r.views().find(({ at }) => at['limen.view.fcp'] !== undefined),
      );
      await run({ view, shownAt, receiver });
    },
  );
}

test('#8 a prerendered page is told from when it is shown, and not at all before', () =>
  visitPrerendered(({ view, shownAt, receiver }) => {
    assert.equal(view.at['limen.view.navigation_type'], 'prerender');
    // One millisecond for the rounding of the clocks.
    assert.ok(view.time >= shownAt - 1, `its view begins ${shownAt - view.time} ms before it was shown`);
    for (const name of ['ttfb', 'fcp', 'duration'])
      assert.ok(view.at[`limen.view.${name}`] >= 0, `${name} is ${view.at[`limen.view.${name}`]}`);
    assert.equal(view.at['limen.view.ttfb'], 0, 'nobody waited for the server');
    for (const { start, end, name } of receiver.spans()) assert.ok(end >= start && start >= view.time - 0.001, name);
  }));

test('#8 the load of a prerendered page took no time', () =>
  visitPrerendered(({ view }) => assert.equal(view.at['limen.view.load_time'], 0)));

test('#9 a page that is opened in the background has no load time and no paints', () =>
  visitingTabs(browser, { '/': html('<h1>Behind</h1>') }, async ({ page, elsewhere, origin, receiver }) => {
    await elsewhere.bringToFront();
    await page.goto(origin, { waitUntil: 'load' });
    await show(page);
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
    await hide(page, elsewhere);
    const [view] = await receiver.until('the view', (r) => r.views());
    for (const name of ['load_time', 'phase.load', 'phase.dom_processing', 'fcp', 'lcp'])
      assert.equal(view.at[`limen.view.${name}`], undefined, name);
    assert.ok(view.at['limen.view.phase.request'] >= 0, 'what the network took is known');
  }));

test('#9 a route change that was hidden meanwhile has no time', () =>
  visitingTabs(
    browser,
    { '/': html('<h1>App</h1>'), '/api/slow': () => {} },
    async ({ page, elsewhere, origin, receiver }) => {
      await page.goto(origin, { waitUntil: 'load' });
      await page.evaluate(() => {
        history.pushState({}, '', '/list');
        void fetch('/api/slow');
      });
      await hide(page, elsewhere);
      await show(page);
      await page.evaluate(() => Limen.event('back'));
      await hide(page, elsewhere);
      await arrived(receiver, 'back');
      const view = receiver.views().find(({ at }) => at['limen.view.kind'] === 'route');
      assert.equal(view.at['limen.view.transition_time'], undefined);
    },
  ));
