// What the agent sees of requests, and what it adds to them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { leave, openBrowser, started, visit } from './browser.mjs';
import { html, openSite } from './site.mjs';

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/;

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

async function withPage(run, { data = '' } = {}) {
  const site = await openSite({
    '/': (_request, response, url) =>
      response
        .setHeader('content-type', 'text/html')
        .end(html('<p>requests</p>', { data: data.replace('$OTHER', url.searchParams.get('other')) })),
    '/api/ok': (_request, response) => response.setHeader('timing-allow-origin', '*').end('x'.repeat(5_000)),
    '/api/hidden': 'no timing for others',
    '/api/broken': (_request, response) => response.writeHead(503).end('broken'),
    '/api/slow': () => {},
  });
  try {
    const page = await visit(browser, `${site.origin}/?other=${site.other}`);
    await started(page);
    await run({ ...site, page });
  } finally {
    await site.close();
  }
}

test('#28 a fetch carries traceparent to the own origin and not to another', () =>
  withPage(async ({ page, origin, other, asked, receiver }) => {
    await page.evaluate(async (other) => {
      await (await fetch('/api/ok?mine')).text();
      await (await fetch(`${other}/api/ok?theirs`)).text();
    }, other);
    await leave(page);
    const spans = await receiver.until('both spans', (r) => r.spans('GET').length === 2 && r.spans('GET'));
    const [mine, theirs] = asked('/api/ok');
    assert.match(mine.headers.traceparent, TRACEPARENT);
    assert.equal(theirs.headers.traceparent, undefined);
    const span = spans.find(({ at }) => at['url.full'] === `${origin}/api/ok?mine=`);
    assert.equal(mine.headers.traceparent, `00-${span.traceId}-${span.spanId}-01`);
  }));

test('#28 a listed origin gets traceparent, and one that only contains its name does not', () =>
  withPage(
    async ({ page, other, asked, receiver }) => {
      await page.evaluate(async (other) => {
        await (await fetch(`${other}/api/ok`)).text();
        await fetch(`${other}0/api/ok`).catch(() => {});
        await (await fetch(`${other.replace('127.0.0.1', 'localhost')}/api/ok?localhost`)).text();
      }, other);
      await leave(page);
      await receiver.until('the spans', (r) => r.spans('GET').length >= 2);
      assert.match(asked('/api/ok')[0].headers.traceparent, TRACEPARENT);
      assert.equal(asked('/api/ok')[1].headers.traceparent, undefined);
    },
    { data: 'data-propagate-to="$OTHER"' },
  ));

test('a request has method, status, size and phases of its resource entry', () =>
  withPage(async ({ page, receiver }) => {
    await page.evaluate(async () => (await fetch('/api/ok', { method: 'post', body: 'x' })).text());
    await leave(page);
    const [span] = await receiver.until('the span', (r) => r.spans('POST'));
    assert.equal(span.kind, 3);
    assert.equal(span.at['http.request.method'], 'POST');
    assert.equal(span.at['http.response.status_code'], 200);
    assert.equal(span.at['server.address'], '127.0.0.1');
    assert.equal(span.at['http.response.body.size'], 5_000);
    assert.ok(span.at['limen.request.wait'] > 0);
    assert.equal(span.at['limen.request.tls'], 0);
    assert.deepEqual(span.status, {});
    assert.equal(span.at['error.type'], undefined);
  }));

test('#20 phases that the other origin hides are absent, not zero', () =>
  withPage(async ({ page, other, receiver }) => {
    await page.evaluate(async (other) => (await fetch(`${other}/api/hidden`)).text(), other);
    await leave(page);
    const [span] = await receiver.until('the span', (r) => r.spans('GET'));
    for (const phase of ['dns', 'tcp', 'tls', 'wait', 'response'])
      assert.equal(span.at[`limen.request.${phase}`], undefined);
    assert.ok(span.end > span.start);
  }));

test('failed and aborted requests are told apart', () =>
  withPage(async ({ page, receiver }) => {
    const seen = await page.evaluate(async () => {
      const abort = new AbortController();
      const slow = fetch('/api/slow', { signal: abort.signal }).catch((error) => error.name);
      abort.abort();
      const refused = fetch('http://127.0.0.1:1/none').catch((error) => error.name);
      const broken = (await fetch('/api/broken')).status;
      return [await slow, await refused, broken];
    });
    assert.deepEqual(seen, ['AbortError', 'TypeError', 503], 'the page sees what it would see without us');
    await leave(page);
    const spans = await receiver.until('three spans', (r) => r.spans('GET').length === 3 && r.spans('GET'));
    const of = (path) => spans.find(({ at }) => at['url.full'].endsWith(path));
    assert.equal(of('/api/slow').at['limen.request.aborted'], true);
    assert.equal(of('/api/slow').at['error.type'], undefined);
    assert.equal(of('/api/slow').status.code, undefined);
    assert.equal(of('/none').at['error.type'], 'TypeError');
    assert.equal(of('/none').status.code, 2);
    assert.equal(of('/api/broken').at['error.type'], '503');
    assert.equal(of('/api/broken').status.code, 2);
    const [view] = receiver.views();
    assert.equal(view.at['limen.view.requests'], 3);
    assert.equal(view.at['limen.view.failed_requests'], 2);
  }));

test('XMLHttpRequest is seen like fetch', () =>
  withPage(async ({ page, asked, receiver }) => {
    await page.evaluate(async () => {
      const ask = (path) =>
        new Promise((done) => {
          const request = new XMLHttpRequest();
          request.open('GET', path);
          request.onloadend = () => done(request.status);
          request.send();
        });
      await ask('/api/ok');
      await ask('/api/broken');
      const aborted = new XMLHttpRequest();
      aborted.open('GET', '/api/slow');
      aborted.send();
      aborted.abort();
    });
    await leave(page);
    const spans = await receiver.until('three spans', (r) => r.spans('GET').length === 3 && r.spans('GET'));
    assert.match(asked('/api/ok')[0].headers.traceparent, TRACEPARENT);
    const of = (path) => spans.find(({ at }) => at['url.full'].endsWith(path));
    assert.equal(of('/api/ok').at['http.response.body.size'], 5_000);
    assert.equal(of('/api/broken').at['error.type'], '503');
    assert.equal(of('/api/slow').at['limen.request.aborted'], true);
  }));

test('a header and options the page sets itself stay as they are', () =>
  withPage(async ({ page, asked }) => {
    const own = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await page.evaluate(async (own) => {
      await fetch('/api/ok?own', { headers: { traceparent: own } });
      await fetch(new Request('/api/ok?merged', { method: 'PUT', headers: { 'x-page': 'kept' }, body: 'body' }));
      await fetch('/api/ok?nocors', { mode: 'no-cors' });
    }, own);
    const [first, merged, nocors] = asked('/api/ok');
    assert.equal(first.headers.traceparent, own);
    assert.equal(merged.method, 'PUT');
    assert.equal(merged.headers['x-page'], 'kept');
    assert.match(merged.headers.traceparent, TRACEPARENT);
    assert.equal(nocors.headers.traceparent, undefined);
  }));

test('the rejection of a request nobody handles is still reported by the browser', () =>
  withPage(async ({ page, receiver }) => {
    await page.evaluate(() => {
      const reported = new Promise((done) => addEventListener('unhandledrejection', () => done(), { once: true }));
      void fetch('http://127.0.0.1:1/none');
      return reported;
    });
    await leave(page);
    const [error] = await receiver.until('the exception', (r) => r.events('exception'));
    assert.equal(error.at['exception.type'], 'TypeError');
  }));

test('#18 a body is read once, by the page', () =>
  withPage(async ({ page }) => {
    const [used, before, name, length] = await page.evaluate(async () => {
      const response = await fetch('/api/ok');
      const before = response.bodyUsed;
      await response.text();
      return [response.bodyUsed, before, fetch.name, fetch.length];
    });
    assert.deepEqual([before, used, name, length], [false, true, 'fetch', 1]);
  }));

test('query values, fragments and credentials never leave', () =>
  withPage(async ({ page, origin, other, receiver }) => {
    await page.evaluate(async (other) => {
      history.replaceState({}, '', '/?session=SECRET1#SECRET2');
      history.pushState({}, '', '/account?token=SECRET3#SECRET4');
      await fetch('/api/ok?card=SECRET5&card=SECRET6#SECRET7');
      const request = new XMLHttpRequest();
      request.open('GET', `${other.replace('//', '//user:SECRET8@')}/api/ok?x=SECRET9`);
      request.send();
      const error = new Error('could not load https://user:SECRET10@api.example.com/a?key=SECRET11#SECRET12');
      error.stack = 'Error\n    at run (https://cdn.example.com/app.js?v=SECRET13:10:20)';
      Limen.error(error);
    }, other);
    await page.goto(`${origin}/?referred=SECRET14`);
    await started(page);
    await leave(page);
    await receiver.until('both loads', (r) => r.spans('documentLoad').length === 2);
    const sent = receiver.bodies.map(({ text, url }) => text + url).join('\n');
    assert.deepEqual(sent.match(/SECRET\d+/g), null);
    assert.match(sent, /api\/ok\?card=&card=/, 'the names of the parameters stay');
    assert.match(sent, /app\.js:10:20/, 'the place in the script stays');
  }));

test('background polling neither joins a route change nor prolongs it', () =>
  withPage(async ({ page, receiver }) => {
    // The page is quiet when its load root has been sent.
    await receiver.until('the settled load', (r) => r.spans('documentLoad'));
    await page.evaluate(async () => {
      const poll = () => fetch('/api/ok?poll').then((answer) => answer.text());
      await poll();
      await poll();
      history.pushState({}, '', '/next');
      globalThis.polling = setInterval(poll, 30);
    });
    const view = await receiver.until('a route with its time', (r) =>
      r.views().find(({ at }) => at['limen.view.transition_time'] !== undefined),
    );
    assert.ok(view.at['limen.view.transition_time'] < 1_000, `${view.at['limen.view.transition_time']} ms`);
    assert.ok(receiver.spans('GET').every(({ traceId }) => traceId !== view.traceId));
  }));
