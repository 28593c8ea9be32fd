// How what was seen gets to the server: batches, compression, retries, the last moment, and other receivers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { leave, openBrowser, started, visit } from './browser.mjs';
import { html, openSite } from './site.mjs';

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

async function withSite(run, page = html('<p>send</p>')) {
  const site = await openSite({ '/': page, '/api/cart': (_request, response) => response.end('{}') });
  try {
    await run(site);
  } finally {
    await site.close();
  }
}

test('sends gzip without a preflight', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    const [body] = await receiver.until('a batch', (r) => r.bodies);
    assert.equal(body.packed, true);
    assert.equal(body.url.pathname, '/v1/rum');
    assert.equal(body.url.searchParams.get('key'), 'test-key');
    assert.ok(Math.abs(Number(body.url.searchParams.get('sent')) - Date.now()) < 60_000);
    assert.equal(body.headers.cookie, undefined);
    assert.ok(body.bytes < body.text.length / 2);
  }));

test('#23 hidden flushes everything within the keepalive budget', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    await page.evaluate(() => {
      for (let i = 0; i < 60; i++) Limen.event('filled', { i, text: 'é'.repeat(300) });
    });
    await leave(page);
    await receiver.until(
      'all sixty events and the view',
      (r) => r.events('filled').length === 60 && r.views().length === 1,
    );
    assert.ok(receiver.bodies.every(({ packed }) => packed));
    const [bytes, length] = ['bytes', 'length'].map((size) =>
      receiver.bodies.reduce((sum, body) => sum + (body[size] ?? body.text[size]), 0),
    );
    assert.ok(bytes < length / 8, `${bytes} bytes of ${length} characters`);
    const numbers = receiver.events().map(({ at }) => at['limen.event.id']);
    assert.equal(new Set(numbers).size, numbers.length, 'each event has its own number and is sent once');
  }));

test('#16 nothing is sent twice when the script is loaded twice', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    await page.addScriptTag({ url: '/limen.js' });
    await page.evaluate(() => {
      Limen.start({ key: 'another', endpoint: location.origin });
      return fetch('/api/cart').then((answer) => answer.text());
    });
    await page.evaluate(() =>
      setTimeout(() => {
        throw new Error('once');
      }),
    );
    await leave(page);
    await receiver.until(
      'all of the visit',
      (r) =>
        ['exception', 'session.start'].every((name) => r.events(name).length) &&
        ['GET', 'documentLoad'].every((name) => r.spans(name).length),
    );
    assert.equal(receiver.events('exception').length, 1);
    assert.equal(receiver.spans('GET').length, 1);
    assert.equal(receiver.events('session.start').length, 1);
    assert.equal(receiver.spans('documentLoad').length, 1);
    assert.ok(receiver.bodies.every(({ url }) => url.searchParams.get('key') === 'test-key'));
  }, html('<p>twice</p><script async src="/limen.js" data-key="test-key"></script>')));

test('tries again with the same bytes when the server is away for a moment', () =>
  withSite(async ({ origin, receiver }) => {
    receiver.answerNext({ status: 503, headers: { 'retry-after': '1' } });
    const page = await visit(browser, origin);
    await started(page);
    await receiver.until('the second attempt', (r) => r.bodies.some(({ status }) => status === 200));
    const [first, second] = receiver.bodies;
    assert.equal(first.status, 503);
    assert.equal(second.text, first.text);
    const waited = Number(second.url.searchParams.get('sent')) - Number(first.url.searchParams.get('sent'));
    assert.ok(waited >= 1_000, `came back after ${waited} ms`);
  }));

test('does not try again what the server refuses, and says so once', () =>
  withSite(async ({ origin, receiver }) => {
    receiver.answerNext({ status: 401 });
    const warnings = [];
    let warned;
    const page = await visit(browser, origin, async (page) => {
      page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
      warned = page.waitForEvent('console', (message) => message.type() === 'warning');
    });
    await started(page);
    await Promise.all([warned, receiver.until('the refusal', (r) => r.bodies)]);
    const refused = receiver.bodies[0].text;
    await page.evaluate(() => Limen.event('after'));
    await leave(page);
    await receiver.until('what came after', (r) => r.events('after'));
    assert.equal(receiver.bodies.filter(({ text }) => text === refused).length, 1);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /answers 401: check data-key/);
    assert.ok(receiver.views()[0].at['limen.view.dropped'] > 0, 'what was lost is counted');
  }));

test('sends standard OTLP to any receiver when asked to', () =>
  withSite(
    async ({ origin, receiver }) => {
      const page = await visit(browser, origin);
      await started(page);
      await page.evaluate(() => fetch('/api/cart').then((answer) => answer.text()));
      await receiver.until('logs and traces', (r) => r.events().length && r.spans().length);
      for (const { url, json, headers } of receiver.bodies) {
        const signal = url.pathname === '/v1/logs' ? 'resourceLogs' : 'resourceSpans';
        assert.deepEqual(Object.keys(json), [signal]);
        assert.equal(headers['content-type'], 'application/json');
        assert.equal(headers['limen-key'], 'test-key');
      }
    },
    html('<p>otlp</p>', { data: 'data-otlp' }),
  ));

test('bad options are told once and never thrown', () =>
  withSite(
    async ({ origin, receiver }) => {
      const warnings = [];
      const errors = [];
      const page = await visit(browser, origin, async (page) => {
        page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
        page.on('pageerror', (error) => errors.push(error));
      });
      await started(page);
      await leave(page);
      await receiver.until('a view all the same', (r) => r.views());
      assert.deepEqual(errors, []);
      assert.equal(warnings.length, 1);
      assert.match(warnings[0], /relaese cannot be 1/);
      assert.match(warnings[0], /sessionIdleMinutes cannot be NaN/);
    },
    html('<p>bad</p>', { data: 'data-relaese="1" data-session-idle-minutes="soon"' }),
  ));

test('lives in a browser that has almost nothing', () =>
  withSite(async ({ origin, receiver }) => {
    const errors = [];
    const page = await visit(browser, origin, async (page) => {
      page.on('pageerror', (error) => errors.push(error));
      await page.addInitScript(() => {
        for (const name of ['PerformanceObserver', 'CompressionStream', 'navigation', 'PerformanceNavigationTiming'])
          Object.defineProperty(globalThis, name, { value: undefined });
        Object.defineProperty(performance, 'getEntriesByType', { value: undefined });
        Object.defineProperty(globalThis, 'localStorage', {
          get: () => {
            throw new DOMException('no', 'SecurityError');
          },
        });
      });
    });
    await started(page);
    await page.evaluate(() => Limen.error(new Error('still told')));
    await leave(page);
    await receiver.until('the error', (r) => r.events('exception'));
    assert.deepEqual(errors, []);
  }));

test('#26 a strict content security policy does not stop it', () =>
  withSite(
    async ({ origin, receiver }) => {
      const errors = [];
      const page = await visit(browser, origin, async (page) => {
        page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      });
      await started(page);
      await receiver.until('a batch', (r) => r.bodies);
      assert.deepEqual(errors, []);
    },
    html('<p>strict</p>', {
      head: `<meta http-equiv="content-security-policy" content="default-src 'none'; img-src data:; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'">`,
    }),
  ));

test('#7 never registers unload or beforeunload, so the page can be restored', () =>
  withSite(async ({ origin }) => {
    const page = await visit(browser, origin, (page) =>
      page.addInitScript(() => {
        globalThis.listened = [];
        const native = EventTarget.prototype.addEventListener;
        EventTarget.prototype.addEventListener = function (type, ...rest) {
          globalThis.listened.push(type);
          return native.call(this, type, ...rest);
        };
      }),
    );
    await started(page);
    const listened = await page.evaluate(() => globalThis.listened);
    assert.ok(listened.includes('pagehide'));
    assert.ok(!listened.some((type) => /unload/.test(type)));
  }));

test('an inline stub keeps calls and errors from before the agent', () =>
  withSite(
    async ({ origin, receiver }) => {
      const page = await visit(browser, origin);
      await started(page);
      await leave(page);
      const [error] = await receiver.until('the early error', (r) => r.events('exception'));
      assert.equal(error.at['exception.message'], 'too early');
      assert.equal(error.at['limen.exception.mechanism'], 'onerror');
      assert.equal(receiver.events('early.call').length, 1);
    },
    html('<p>stub</p>').replace(
      '<head>',
      `<head><script>${readFileSync(new URL('../dist/stub.js', import.meta.url), 'utf8')}</script><script>
        Limen.event('early.call');
      </script><script>throw new Error('too early')</script>`,
    ),
  ));

/** A visit with everything in it, whose last body becomes the fixture of the server's ingest tests. */
test('one body holds a whole visit', () =>
  withSite(
    async ({ origin, receiver }) => {
      const page = await visit(browser, origin);
      await started(page);
      await page.click('#add');
      // Long enough after the last change for the route change to be over.
      await page.waitForFunction(() => {
        globalThis.doneAt ??= document.getElementById('done') ? performance.now() : undefined;
        return performance.now() - globalThis.doneAt > 200;
      });
      await page.click('#fail');
      const names = [
        'session.start',
        'browser.navigation',
        'browser.web_vital',
        'exception',
        'browser.user_action.click',
        'limen.view',
      ];
      const parts = [
        ...names.map((name) => `"eventName":"${name}"`),
        ...['documentLoad', 'documentFetch', 'POST', 'routeChange'].map((name) => `"name":"${name}"`),
      ];
      const transition = '"limen.view.transition_time"';
      const body = await receiver.until('everything in one body', (r) =>
        r.bodies.find(({ text }) => [...parts, transition].every((part) => text.includes(part))),
      );
      if (process.env.LIMEN_RECORD_FIXTURE) {
        const folder = new URL('../../fixtures/agent/', import.meta.url);
        await mkdir(folder, { recursive: true });
        await writeFile(new URL('visit.json', folder), `${JSON.stringify(body.json, null, 1)}\n`);
      }
    },
    html(`<h1>Shop</h1><button id="add" data-limen-name="add to cart">Add</button><button id="fail">Fail</button>
      <script>
        document.getElementById('add').onclick = async () => {
          await fetch('/api/cart?item=7', { method: 'POST' });
          history.pushState({}, '', '/cart');
          document.body.insertAdjacentHTML('beforeend', '<p id="done">In the cart</p>');
        };
        document.getElementById('fail').onclick = () => { throw new TypeError('cart is undefined'); };
      </script>`),
  ));
