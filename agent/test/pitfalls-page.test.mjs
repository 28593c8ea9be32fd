// Clocks, errors, ids and last moments where agents get them wrong: each behaviour bears its number.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { leave, openBrowser } from './browser.mjs';
import { html } from './site.mjs';
import { arrived, visiting } from './visiting.mjs';

const DAY = 86_400_000;
const HOUR = DAY / 24;

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const plain = (body = '<p>plain</p>', options) => ({ '/': html(body, options) });

/** The page's wall clock runs ahead of the true one by so much, and can be moved on. */
const clockAhead =
  (millis) =>
  ({ page }) =>
    page.addInitScript((millis) => {
      const native = Date.now;
      globalThis.ahead = millis;
      Date.now = () => native() + globalThis.ahead;
    }, millis);

test('#10 a clock that leaps neither stretches what goes on nor moves what has begun', () =>
  visiting(
    browser,
    {
      ...plain('<p>clock</p>', { data: 'data-session-idle-minutes="9000" data-session-max-minutes="9000"' }),
      '/api/leap': (_request, response) => setTimeout(() => response.end('{}'), 50),
    },
    async ({ page, receiver }) => {
      await page.evaluate(async (day) => {
        Limen.event('before');
        const asked = fetch('/api/leap');
        globalThis.ahead += day;
        await (await asked).text();
        Limen.setView('renamed');
        Limen.event('after');
      }, DAY);
      await leave(page);
      const [before, after] = await arrived(receiver, 'before', 'after', 'limen.agent');
      const [request] = await receiver.until('the request', (r) => r.spans('GET'));
      const [load] = await receiver.until('the load', (r) => r.spans('documentLoad'));
      const leapt = after.time - before.time;
      assert.ok(leapt > DAY - HOUR && leapt < DAY + HOUR, 'instants follow the clock');
      for (const span of [request, load]) assert.ok(span.end - span.start < HOUR, `${span.name} has its true duration`);
      const [view] = receiver.views();
      assert.ok(Math.abs(before.time - view.time) < HOUR, 'the view stays where it began');
      assert.ok(view.at['limen.view.duration'] < HOUR);
      assert.equal(load.start, view.time);
    },
    clockAhead(0),
  ));

test('#11 a batch says when it was sent, by the clock of its records: the server can tell how wrong that is', () =>
  visiting(
    browser,
    plain(),
    async ({ page, receiver }) => {
      await page.evaluate(() => Limen.event('seen'));
      await leave(page);
      const [seen] = await arrived(receiver, 'seen');
      for (const { url } of receiver.bodies) {
        const sent = Number(url.searchParams.get('sent'));
        assert.ok(Math.abs(sent - Date.now() - DAY) < HOUR);
        assert.ok(Math.abs(sent - seen.time) < HOUR);
      }
    },
    clockAhead(DAY),
  ));

test('#14 a view is its path or its template, never a query or a fragment', () =>
  visiting(browser, plain(), async ({ page, origin, receiver }) => {
    await page.evaluate(() => {
      history.pushState({}, '', '/order/1234?from=mail&token=SECRET#part-SECRET');
      Limen.setView('/order/:id');
      history.pushState({}, '', '?page=2');
      history.pushState({}, '', '#bottom');
      location.hash = 'top';
    });
    await leave(page);
    const view = await receiver.until('the named view', (r) => r.views().find(({ at }) => at['limen.view.name']));
    assert.equal(view.at['limen.view.name'], '/order/:id');
    assert.equal(view.at['browser.document.url.full'], `${origin}/order/1234?from=&token=`);
    assert.equal(receiver.views().length, 2, 'another query or fragment is no other view');
    assert.ok(!receiver.bodies.some(({ text }) => text.includes('SECRET')));
  }));

test('#15 an error of a script of another origin is kept, marked, and told apart from those that are known', () =>
  visiting(
    browser,
    {},
    async ({ page, receiver }) => {
      await leave(page);
      const errors = await receiver.until(
        'both errors',
        (r) => r.events('exception').length === 2 && r.events('exception'),
      );
      const [opaque] = errors.filter(({ at }) => at['limen.exception.opaque']);
      const [known] = errors.filter(({ at }) => !at['limen.exception.opaque']);
      assert.equal(opaque.at['exception.message'], 'Script error.');
      assert.equal(opaque.at['exception.stacktrace'], undefined);
      assert.equal(known.at['exception.message'], 'thrown by plain');
      assert.match(known.at['exception.stacktrace'], /thrower\.js:1/);
    },
    ({ routes, other }) => {
      routes['/thrower.js'] = (_request, response, url) =>
        response
          .setHeader('content-type', 'text/javascript')
          .end(`throw new Error('thrown by ${url.searchParams.has('cors') ? 'plain' : 'hidden'}')`);
      routes['/'] = html(
        `<script src="${other}/thrower.js"></script><script src="${other}/thrower.js?cors" crossorigin></script>`,
      )
        // The agent has to be there before them.
        .replace('<script async', '<script');
    },
  ));

test('#21 times that cannot be are left out, not told', () =>
  visiting(
    browser,
    plain(),
    async ({ page, receiver }) => {
      await leave(page);
      const [view] = await arrived(receiver, 'limen.view', 'limen.agent');
      const numbers = Object.entries(view.at).filter(([, value]) => typeof value === 'number');
      for (const [name, value] of numbers) assert.ok(value >= 0 && value < HOUR, `${name} is ${value}`);
      for (const name of ['dns', 'request', 'response'])
        assert.equal(view.at[`limen.view.phase.${name}`], undefined, name);
      for (const { start, end, name } of receiver.spans()) assert.ok(end >= start && end - start < HOUR, name);
      for (const { at } of receiver.events('browser.web_vital')) assert.ok(at['browser.web_vital.value'] >= 0);
    },
    ({ page }) =>
      page.addInitScript((day) => {
        const native = performance.getEntriesByType.bind(performance);
        // As some browsers told them: backwards, and from long ago or far ahead.
        const wrong = {
          domainLookupStart: 90,
          domainLookupEnd: 20,
          requestStart: 70,
          responseStart: 30,
          responseEnd: 10,
          loadEventEnd: -5 * day,
          domInteractive: 5,
        };
        performance.getEntriesByType = (type) =>
          type === 'navigation'
            ? native(type).map((entry) => new Proxy(entry, { get: (target, name) => wrong[name] ?? target[name] }))
            : native(type);
      }, DAY),
  ));

test('#27 ids differ although a program has replaced the dice of the page', async () => {
  const seen = [];
  for (let i = 0; i < 2; i++)
    await visiting(
      browser,
      plain(),
      async ({ page, receiver }) => {
        await leave(page);
        const [view] = await arrived(receiver, 'limen.view', 'limen.agent');
        const [root] = await receiver.until('the root', (r) => r.spans('documentLoad'));
        const vitals = receiver.events('browser.web_vital').map(({ at }) => at['browser.web_vital.id']);
        seen.push([view.at['session.id'], view.at['limen.view.id'], root.traceId, root.spanId, ...vitals]);
      },
      ({ page }) =>
        page.addInitScript(() => {
          Math.random = () => 0.5;
        }),
    );
  const all = seen.flatMap((ids) => [...new Set(ids)]);
  assert.equal(new Set(all).size, all.length);
});

/** Texts on which a pattern with repetitions inside repetitions would never end. */
const HOSTILE = {
  'a line without end': 'x'.repeat(1_000_000),
  'frames that never close': `    at ${'f ('.repeat(300_000)}`,
  'colons and digits': 'https://a.example/'.concat(':1'.repeat(400_000)),
  'words that might be addresses': `${'a.'.repeat(400_000)}@`,
  'digits with spaces': '1 '.repeat(500_000),
  'secrets without a value': 'token=token:'.repeat(80_000),
  'a line of spaces': `Error: ${' '.repeat(1_000_000)}at`,
};
for (const [name, text] of Object.entries(HOSTILE))
  test(`#30 a stack of a million characters does not hold the page up: ${name}`, () =>
    visiting(browser, plain(), async ({ page, receiver }) => {
      await page.evaluate((text) => {
        const error = new Error(text);
        error.stack = `${text}\n    at run (https://cdn.example.com/app.js:1:2)`;
        Limen.error(error);
      }, text);
      await leave(page);
      const [error] = await arrived(receiver, 'exception');
      assert.ok(error.at['exception.message'].length <= 4_096);
      assert.ok(error.at['exception.stacktrace'].length <= 16_384);
    }));

test('#33 nothing that the page has thrown away is kept alive: elements, requests and their answers', () =>
  visiting(
    browser,
    plain('<h1 id="big">The largest paint</h1><button id="b">b</button>'),
    async ({ page, context }) => {
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
      await page.click('#b');
      await page.evaluate(async () => {
        const xhr = new XMLHttpRequest();
        xhr.open('GET', '/api/ok');
        const ended = new Promise((done) => (xhr.onloadend = done));
        xhr.send();
        await ended;
        xhr.onloadend = null;
        const response = await fetch('/api/ok');
        await response.text();
        const error = new Error('reported');
        Limen.error(error);
        globalThis.gone = Object.entries({
          xhr,
          response,
          error,
          button: document.getElementById('b'),
          largest: document.getElementById('big'),
        }).map(([name, object]) => [name, new WeakRef(object)]);
        for (const id of ['b', 'big']) document.getElementById(id).remove();
      });
      const client = await context.newCDPSession(page);
      // The agent gives a request up to five seconds to find its entry, and events a moment of idleness.
      const kept = () => page.evaluate(() => globalThis.gone.filter(([, ref]) => ref.deref()).map(([name]) => name));
      let left;
      for (let i = 0; i < 40; i++) {
        await client.send('HeapProfiler.collectGarbage');
        left = await kept();
        if (!left.length) break;
        await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
      }
      assert.deepEqual(left, []);
    },
  ));

test('#33 a page without end does not fill the memory: what waits is bounded and what was lost is counted', () =>
  visiting(browser, plain('<p>x</p>', { data: 'data-allow-attributes="text"' }), async ({ page, receiver }) => {
    await page.route('**/v1/rum*', (route) => route.abort());
    await page.evaluate(() => {
      // Nothing that repeats: what is packed well takes little room.
      const noise = () =>
        String.fromCharCode(...crypto.getRandomValues(new Uint8Array(400)).map((byte) => 40 + byte / 4));
      for (let i = 0; i < 3_000; i++) Limen.event('filled', { text: noise() });
    });
    await page.unroute('**/v1/rum*');
    await page.evaluate(() => Limen.event('last'));
    const view = await receiver.until('the losses', (r) => r.views().find(({ at }) => at['limen.view.dropped'] > 0));
    assert.ok(view.at['limen.view.dropped'] < 3_000);
  }));

test('#35 the last click, and what was still under way, leave with the page', () =>
  visiting(
    browser,
    { ...plain('<a id="next" href="/next">next</a>'), '/next': '<p>next</p>', '/api/slow': () => {} },
    async ({ page, receiver }) => {
      await page.evaluate(() => {
        document.getElementById('next').addEventListener('click', () => {
          document.body.append('changed at the last moment');
          fetch('/api/ok', { keepalive: true });
          Limen.event('clicked');
        });
      });
      await page.click('#next');
      await page.waitForURL('**/next');
      const [click, clicked, view] = await arrived(
        receiver,
        ...['browser.user_action.click', 'clicked', 'limen.view', 'browser.web_vital', 'limen.agent'],
      );
      assert.equal(click.at['browser.css_selector'], 'a#next');
      assert.equal(clicked.at['session.id'], click.at['session.id']);
      assert.equal(view.at['limen.view.actions'], 1);
      const [root] = await receiver.until('the root of the click', (r) => r.spans('click'));
      assert.equal(root.spanId, click.spanId);
    },
  ));
