// Requests where agents get them wrong: each behaviour bears its number.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { leave, openBrowser } from './browser.mjs';
import { html } from './site.mjs';
import { arrived, markerRoute, othersAfter, startedByScript, visiting } from './visiting.mjs';

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const plain = (data = '') => ({ '/': html('<p>plain</p>', { data }) });
const text = (page, path) => page.evaluate((path) => fetch(path).then((answer) => answer.text()), path);
const urlOf = ({ at }) => new URL(at['url.full']).pathname;

test('#16 stop gives back what we wrapped, and lets stand what was wrapped after us', () =>
  visiting(browser, plain(), async ({ page, receiver, asked }) => {
    const kept = await page.evaluate(async () => {
      const inner = globalThis.fetch;
      globalThis.calls = 0;
      const outer = function (...args) {
        globalThis.calls++;
        return inner.apply(this, args);
      };
      globalThis.fetch = outer;
      const { open } = XMLHttpRequest.prototype;
      XMLHttpRequest.prototype.open = function (...args) {
        return open.apply(this, args);
      };
      Limen.stop();
      await fetch('/api/ok?stopped');
      return [globalThis.fetch === outer, globalThis.calls, /native code/.test(String(XMLHttpRequest.prototype.send))];
    });
    assert.deepEqual(kept, [true, 1, true]);
    assert.equal(asked('/api/ok')[0].headers.traceparent, undefined, 'what is left of us lets everything pass');
    assert.equal(receiver.spans('GET').length, 0);
  }));

test('#17 the agent tells nothing of its own requests, failed or not, nor of its own script', () =>
  visiting(
    browser,
    plain('data-path="/in"'),
    async ({ page, receiver }) => {
      await receiver.until('a failed batch and its second attempt', (r) => r.bodies.length >= 2);
      await text(page, '/api/ok');
      await leave(page);
      await arrived(receiver, 'limen.agent', 'browser.navigation');
      await receiver.until('the request of the page', (r) => r.spans('GET'));
      assert.deepEqual(receiver.spans('GET').map(urlOf), ['/api/ok']);
      assert.deepEqual(receiver.spans('POST'), []);
      assert.deepEqual(receiver.events('exception'), []);
      const told = receiver.events('browser.resource_timing').map(urlOf);
      assert.ok(!told.some((path) => /limen|\/in$/.test(path)), `${told}`);
    },
    ({ routes, receiver }) => {
      receiver.answerNext({ status: 503 });
      routes['/in'] = receiver.handle;
    },
  ));

test("#17 a request of the page to a path that begins like ours is the page's", () =>
  visiting(
    browser,
    { ...plain('data-path="/in"'), '/inventory': '{}' },
    async ({ page, receiver }) => {
      await text(page, '/inventory');
      await text(page, '/api/ok');
      await leave(page);
      await receiver.until('the other span', (r) => r.spans('GET').find((span) => urlOf(span) === '/api/ok'));
      assert.deepEqual(receiver.spans('GET').map(urlOf).sort(), ['/api/ok', '/inventory']);
    },
    ({ routes, receiver }) => (routes['/in'] = receiver.handle),
  ));

test('#18 no answer is cloned or read: a stream reaches the page as it comes, its size from the entry', () =>
  visiting(
    browser,
    {
      ...plain(),
      '/api/stream': (_request, response, url) => {
        if (url.searchParams.has('on')) return response.end(String(streaming.end('x'.repeat(1_000))));
        streaming = response;
        response.write('first');
      },
    },
    async ({ page, receiver }) => {
      const read = await page.evaluate(async () => {
        const first = await fetch('/api/stream');
        const reader = first.body.getReader();
        const chunks = [(await reader.read()).value.length];
        // The rest only comes now: whoever waits for all of it would wait forever.
        void fetch('/api/stream?on');
        for (let next; !(next = await reader.read()).done;) chunks.push(next.value.length);
        return [chunks[0], chunks.reduce((sum, each) => sum + each), globalThis.cloned];
      });
      assert.deepEqual(read, [5, 1_005, 0]);
      await leave(page);
      const span = await receiver.until('its span', (r) =>
        r.spans('GET').find(({ at }) => at['url.full'].endsWith('stream')),
      );
      assert.equal(span.at['http.response.body.size'], 1_005);
    },
    ({ page }) =>
      page.addInitScript(() => {
        globalThis.cloned = 0;
        const { clone } = Response.prototype;
        Response.prototype.clone = function () {
          globalThis.cloned++;
          return clone.call(this);
        };
      }),
  ));
let streaming;

test('#19 equal requests at the same time each have an entry of their own', () =>
  visiting(
    browser,
    {
      ...plain(),
      '/api/same': (request, response) => {
        if (request.headers['x-turn'] === 'second') return response.end('x'.repeat(100));
        // Its head at once, its body when the second one has been read.
        response.writeHead(200).write('x');
        waiting = () => response.end('x'.repeat(4_999));
      },
      '/api/go': (_request, response) => response.end(String(waiting())),
    },
    async ({ page, receiver }) => {
      await page.evaluate(async () => {
        const ask = (turn) => fetch('/api/same', { headers: { 'x-turn': turn } });
        const first = await ask('first');
        const second = await (await ask('second')).text();
        const seen = () => performance.getEntriesByName(`${location.origin}/api/same`).length;
        while (!seen()) await new Promise((done) => setTimeout(done));
        await fetch('/api/go');
        return (await first.text()).length + second.length;
      });
      await leave(page);
      const spans = await receiver.until('both spans', (r) => {
        const same = r.spans('GET').filter((span) => urlOf(span) === '/api/same');
        return same.length === 2 && same.sort((a, b) => a.start - b.start);
      });
      assert.deepEqual(
        spans.map(({ at }) => at['http.response.body.size']),
        [5_000, 100],
      );
    },
  ));
let waiting;

test('#20 what another origin hides of a resource is unknown and not zero, and the origin is named', () =>
  visiting(
    browser,
    {},
    async ({ page, other, receiver }) => {
      await leave(page);
      const told = await receiver.until('both pictures', (r) => {
        const pictures = r.events('browser.resource_timing').filter(({ at }) => /\.svg/.test(at['url.full']));
        return pictures.length === 2 && pictures;
      });
      const [hidden] = told.filter(({ at }) => at['url.full'].startsWith(other));
      const [shown] = told.filter(({ at }) => !at['url.full'].startsWith(other));
      const marks = ['request_start', 'response_start', 'transfer_size', 'encoded_body_size', 'decoded_body_size'];
      for (const mark of marks) {
        assert.equal(hidden.at[`browser.resource_timing.${mark}`], undefined, mark);
        assert.ok(shown.at[`browser.resource_timing.${mark}`] > 0, mark);
      }
      assert.ok(hidden.at['browser.resource_timing.duration'] > 0);
    },
    ({ other, routes }) => {
      const picture = (_request, response) =>
        response.setHeader('content-type', 'image/svg+xml').end('<svg xmlns="http://www.w3.org/2000/svg"/>');
      Object.assign(routes, { '/a.svg': picture, '/b.svg': picture });
      routes['/'] = html(`<img src="/a.svg"><img src="${other}/b.svg">`);
    },
  ));

test("#22 requests beyond the browser's buffer of entries are measured, and the page's entries stay", () =>
  visiting(
    browser,
    plain(),
    async ({ page, receiver }) => {
      const [kept, cleared] = await page.evaluate(async () => {
        for (let i = 0; i < 8; i++) await (await fetch(`/api/ok?${i}`)).text();
        return [performance.getEntriesByType('resource').length, globalThis.cleared];
      });
      assert.deepEqual([kept, cleared], [3, 0]);
      await leave(page);
      const spans = await receiver.until('all spans', (r) => r.spans('GET').length === 8 && r.spans('GET'));
      for (const { at } of spans) assert.ok(at['limen.request.wait'] > 0, at['url.full']);
    },
    ({ page }) =>
      page.addInitScript(() => {
        performance.setResourceTimingBufferSize(3);
        globalThis.cleared = 0;
        performance.clearResourceTimings = () => globalThis.cleared++;
      }),
  ));

test('#23 where the page itself keeps much alive at its end, the last state still fits', () =>
  visiting(
    browser,
    { ...plain('data-allow-attributes="text"'), '/api/never': () => {} },
    async ({ page, receiver }) => {
      await page.evaluate(() => {
        void fetch('/api/never', { method: 'POST', keepalive: true, body: 'x'.repeat(50_000) });
        for (let i = 0; i < 20; i++) Limen.event(`filled.${i}`, { text: 'é'.repeat(400) });
      });
      await leave(page);
      await arrived(receiver, 'limen.view', 'filled.19');
    },
  ));

test('#24 what is left at the end goes by fetch, not by a beacon', () =>
  visiting(browser, plain(), async ({ page, receiver }) => {
    await page.evaluate(() => Limen.event('last'));
    await leave(page);
    await arrived(receiver, 'last', 'limen.agent');
    // A beacon is sent without CORS.
    for (const { headers } of receiver.bodies) assert.equal(headers['sec-fetch-mode'], 'cors');
  }));

test('#25 under a path and a name of your own, nothing about it looks like what lists block', async () => {
  const script = await readFile(new URL('../dist/limen.js', import.meta.url));
  const blocked = /limen|rum|analytic|beacon|collect|track|telemetry|metric|\/v1\/|\/ping/i;
  await visiting(
    browser,
    {
      '/': '<p>own</p><script src="/app/part.js" data-key="test-key" data-path="/app/in"></script>',
      '/app/part.js': (_request, response) => response.setHeader('content-type', 'text/javascript').end(script),
    },
    async ({ page, receiver, requests, asked }) => {
      await page.evaluate(() => Limen.event('seen'));
      await leave(page);
      await arrived(receiver, 'seen', 'limen.agent');
      assert.ok(asked('/app/in').length > 0);
      const urls = requests.map(({ url }) => url.pathname + url.search);
      assert.deepEqual(
        urls.filter((url) => blocked.test(url)),
        [],
      );
    },
    ({ routes, receiver }) => (routes['/app/in'] = receiver.handle),
  );
});

test('#28 an origin that only looks like a listed one gets no header', () =>
  visiting(
    browser,
    {},
    async ({ page, other, requests }) => {
      const port = new URL(other).port;
      const urls = [`http://user@127.0.0.1:${port}`, `http://localhost:${port}`, `http://127.0.0.1.localhost:${port}`]
        .map((origin) => `${origin}/api/ok`)
        .concat(`${other}/api/ok`, `//127.0.0.1:${port}/api/ok`, `http://localhost:${port}/?${other}/api/ok`);
      const carried = await page.evaluate(async (urls) => {
        const answers = [];
        for (const url of urls)
          answers.push(
            await fetch(url).then(
              (answer) => answer.ok,
              () => 'refused',
            ),
          );
        return answers;
      }, urls);
      const heard = requests.filter(({ url }) => url.port === port && url.pathname === '/api/ok');
      const expected = heard.map(({ headers }) => headers.host === `127.0.0.1:${port}`);
      assert.deepEqual(
        heard.map(({ headers }) => headers.traceparent !== undefined),
        expected,
      );
      assert.ok(expected.includes(true) && expected.includes(false), `${carried}`);
    },
    ({ routes, other }) => (routes['/'] = html('<p>listed</p>', { data: `data-propagate-to="${other}"` })),
  ));

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
test('#29 a server that did not record its trace is joined all the same', () =>
  visiting(
    browser,
    {
      '/': (_request, response) =>
        response
          .setHeader('content-type', 'text/html')
          .setHeader('server-timing', `traceparent;desc="00-${TRACE}-00f067aa0ba902b7-00"`)
          .end(html('<p>joined</p>')),
    },
    async ({ page, receiver }) => {
      await leave(page);
      const [root] = await receiver.until('the root', (r) => r.spans('documentLoad'));
      assert.equal(root.traceId, TRACE);
    },
  ));

test('#32 the agent does its own work by the functions it found, not by those wrapped later', () =>
  visiting(browser, { '/': startedByScript('<p>wrapped</p>'), ...markerRoute }, async (visit) => {
    const { page, receiver } = visit;
    await page.evaluate(() => {
      globalThis.seen = [];
      for (const name of ['fetch', 'setTimeout', 'requestAnimationFrame']) {
        const inner = globalThis[name];
        globalThis[name] = (...args) => {
          globalThis.seen.push(name);
          return inner(...args);
        };
      }
      Limen.event('told');
    });
    await receiver.until('a batch of its own time', (r) => r.events('told'));
    assert.deepEqual(await page.evaluate(() => globalThis.seen), []);
    await leave(page);
    assert.ok((await othersAfter(visit)).length > 0);
  }));
