// How the agent comes to a page and its records to a server: stub, policies, offline, other receivers.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { leave, openBrowser, started } from './browser.mjs';
import { html } from './site.mjs';
import { arrived, visiting } from './visiting.mjs';

const dist = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url), 'utf8');

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const plain = (data = '', body = '<p>plain</p>') => ({ '/': html(body, { data }) });

/** The agent comes when the page has long been there. */
const late = (early, data = '') => ({
  '/': `<!doctype html><html><head><script>${dist('stub.js')}</script></head><body>
    <img src="/missing.png"><script>${early}</script>
    <script>
      globalThis.bring = () => {
        const script = Object.assign(document.createElement('script'), { src: '/limen.js' });
        script.dataset.key = 'test-key';
        ${data}
        document.head.append(script);
        return new Promise((done) => (script.onload = done));
      };
    </script></body></html>`,
});

test('#4 the stub keeps errors, rejections, failed resources and calls from before the agent, in their order', () =>
  visiting(
    browser,
    late(
      `Limen.event('first', { step: 1 });
       Limen.setView('/early/:id');
       Limen.flag('fast', true);
       Promise.reject(new TypeError('rejected early'));
       Limen.event('second');
       throw new RangeError('thrown early');`,
      `script.dataset.allowAttributes = 'step';`,
    ),
    async ({ page, receiver }) => {
      assert.equal(await page.evaluate(() => Limen.version), undefined, 'the agent is not there yet');
      await page.evaluate(() => bring());
      await page.evaluate(() =>
        setTimeout(() => {
          throw new Error('thrown later');
        }),
      );
      await leave(page);
      const errors = await receiver.until(
        'all errors',
        (r) => r.events('exception').length === 4 && r.events('exception'),
      );
      assert.deepEqual(errors.map(({ at }) => at['exception.type']).sort(), [
        'Error',
        'RangeError',
        'ResourceError',
        'TypeError',
      ]);
      const [first, second, flag] = await arrived(receiver, 'first', 'second', 'feature_flag.evaluation', 'limen.view');
      assert.equal(first.at.step, 1);
      assert.equal(receiver.views()[0].at['limen.view.name'], '/early/:id');
      const order = [first, flag, second].map(({ at }) => at['limen.event.id']);
      assert.deepEqual(
        order,
        [...order].sort((a, b) => a - b),
      );
    },
  ));

test('the stub alone keeps a page that never gets the agent as it is', () =>
  visiting(
    browser,
    late(`Limen.event('nobody hears'); globalThis.on = Limen.error(new Error('x'));`),
    async ({ page, receiver }) => {
      const left = await page.evaluate(() => [
        Object.keys(localStorage).length,
        /native/.test(String(fetch)),
        typeof Limen.q.length,
      ]);
      assert.deepEqual(left, [0, true, 'number']);
      await leave(page);
      assert.deepEqual(receiver.bodies, []);
    },
  ));

const integrity = `sha384-${createHash('sha384').update(dist('limen.js')).digest('base64')}`;
test('#26 the strictest policy needs no more than its hash and its endpoint', () =>
  visiting(
    browser,
    {
      '/': (_request, response) =>
        response
          .setHeader('content-type', 'text/html')
          .setHeader(
            'content-security-policy',
            `default-src 'none'; img-src data:; connect-src 'self'; script-src '${integrity}'; require-trusted-types-for 'script'; trusted-types 'none'; sandbox allow-scripts allow-same-origin`,
          )
          .end(html('<p>strict</p>', { data: `integrity="${integrity}" crossorigin="anonymous"` })),
    },
    async ({ page, receiver }) => {
      const errors = [];
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.reload({ waitUntil: 'load' });
      await started(page);
      await receiver.until('a batch', (r) => r.bodies.some(({ packed }) => packed));
      assert.deepEqual(errors, []);
      assert.deepEqual(receiver.events('limen.report'), []);
    },
  ));

test('#26 where the policy forbids to send, the page goes on as without the agent', () =>
  visiting(
    browser,
    {
      '/': html('<p>closed</p>', { head: `<meta http-equiv="content-security-policy" content="connect-src 'none'">` }),
    },
    async ({ page, receiver }) => {
      const errors = [];
      page.on('pageerror', (error) => errors.push(error));
      // One more of ours cannot be told either: there must be no circle of violations.
      await page.evaluate(
        () =>
          new Promise((done) => {
            globalThis.violations = 0;
            addEventListener('securitypolicyviolation', () => {
              globalThis.violations++;
              done();
            });
          }),
      );
      await page.evaluate(() => Limen.event('unheard'));
      assert.ok((await page.evaluate(() => globalThis.violations)) < 10);
      assert.deepEqual(errors, []);
      assert.deepEqual(receiver.bodies, []);
    },
  ));

test('what could not be sent offline waits for the next visit, and leaves nothing behind', () =>
  visiting(browser, plain('data-offline'), async ({ page, context, origin, receiver }) => {
    await context.setOffline(true);
    await page.evaluate(() => {
      Limen.event('offline');
      // The browser's pretence of it ends a moment before the page does.
      Object.defineProperty(navigator, 'onLine', { value: false });
    });
    await leave(page);
    assert.deepEqual(receiver.events('offline'), []);
    await context.setOffline(false);
    await page.goto(origin, { waitUntil: 'load' });
    await started(page);
    const [event] = await arrived(receiver, 'offline');
    assert.ok(event.at['session.id']);
    assert.equal(await page.evaluate(() => localStorage['limen.queue.test-key']), undefined);
    await leave(page);
    await arrived(receiver, 'limen.agent');
    assert.equal(receiver.events('offline').length, 1);
  }));

test('unless the page asks for it, nothing waits for the next visit', () =>
  visiting(browser, plain(), async ({ page, context, origin }) => {
    await context.setOffline(true);
    await page.evaluate(() => Limen.event('offline'));
    await leave(page);
    await context.setOffline(false);
    await page.goto(origin, { waitUntil: 'load' });
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ['limen.session.test-key']);
  }));

/** OTLP/JSON by its rules: names in camel case, ids in hex, 64-bit numbers as text, one kind of value each. */
const NAMES = {
  resourceLogs: { resource: 'resource', scopeLogs: 'scopeLogs' },
  scopeLogs: { scope: 'scope', logRecords: 'logRecords' },
  logRecords: {
    timeUnixNano: /^\d{19}$/,
    observedTimeUnixNano: /^\d{19}$/,
    severityNumber: /^([1-9]|1\d|2[0-4])$/,
    eventName: /./,
    body: 'value',
    attributes: 'attributes',
    traceId: /^[0-9a-f]{32}$/,
    spanId: /^[0-9a-f]{16}$/,
    flags: /^\d+$/,
  },
  resourceSpans: { resource: 'resource', scopeSpans: 'scopeSpans' },
  scopeSpans: { scope: 'scope', spans: 'spans' },
  spans: {
    traceId: /^[0-9a-f]{32}$/,
    spanId: /^[0-9a-f]{16}$/,
    parentSpanId: /^[0-9a-f]{16}$/,
    traceState: /^ot=(th:[0-9a-f]{1,14};)?rv:[0-9a-f]{14}$/,
    flags: /^\d+$/,
    name: /./,
    kind: /^[1-5]$/,
    startTimeUnixNano: /^\d{19}$/,
    endTimeUnixNano: /^\d{19}$/,
    attributes: 'attributes',
    status: 'status',
  },
  resource: { attributes: 'attributes' },
  scope: { name: /^limen$/, version: /^\d/ },
  status: { code: /^[0-2]$/ },
  attributes: { key: /./, value: 'value' },
  value: {
    stringValue: /^/,
    boolValue: /^(true|false)$/,
    intValue: /^-?\d+$/,
    doubleValue: /^-?[\d.e+-]+$/,
    arrayValue: 'list',
    kvlistValue: 'pairs',
  },
  list: { values: 'value' },
  pairs: { values: 'attributes' },
};
const TEXTS = /UnixNano|Id$|intValue|stringValue|^(name|eventName|key|version|traceState)$/;

function assertOtlp(kind, value, path = kind) {
  if (Array.isArray(value)) return value.forEach((each, i) => assertOtlp(kind, each, `${path}[${i}]`));
  if (kind === 'value') assert.equal(Object.keys(value).length, 1, path);
  for (const [name, inner] of Object.entries(value)) {
    const rule = NAMES[kind][name];
    assert.ok(rule, `${path}.${name} is no field of OTLP`);
    if (typeof rule === 'string') assertOtlp(rule, inner, `${path}.${name}`);
    else {
      assert.match(String(inner), rule, `${path}.${name}`);
      assert.equal(typeof inner === 'string', TEXTS.test(name), `${path}.${name} is a ${typeof inner}`);
    }
  }
}

test('a receiver of OTLP gets OTLP/JSON as it is written down, of everything the agent tells', () =>
  visiting(
    browser,
    plain(
      'data-otlp data-allow-attributes="list deep" data-console="warn" data-sample-rate="1"',
      '<h1>Shop</h1><button id="b" onclick="throw new Error(1)">b</button>',
    ),
    async ({ page, receiver }) => {
      await page.click('#b');
      await page.evaluate(async () => {
        Limen.event('mine', { list: ['a', 'b'], deep: { inner: 1 } });
        Limen.transaction('pay', 'start');
        Limen.flag('f', 1);
        console.warn('careful');
        await (await fetch('/api/ok')).text();
        history.pushState({}, '', '/next');
      });
      await leave(page);
      await arrived(
        receiver,
        ...['mine', 'limen.transaction', 'feature_flag.evaluation', 'browser.console', 'exception', 'limen.agent'],
        ...['browser.navigation_timing', 'browser.web_vital', 'limen.view', 'browser.user_action.click'],
      );
      await receiver.until('the spans', (r) => ['GET', 'documentLoad'].every((name) => r.spans(name).length));
      for (const { json, url, headers } of receiver.bodies) {
        assert.match(url.pathname + url.search, /^\/v1\/(logs|traces)$/);
        assert.equal(headers['content-type'], 'application/json');
        for (const [kind, value] of Object.entries(json)) assertOtlp(kind, value);
      }
    },
  ));

test('an agent for a receiver of OTLP needs no key', () =>
  visiting(
    browser,
    { '/': html('<p>otlp</p>').replace('data-key="test-key"', 'data-otlp') },
    async ({ page, receiver }) => {
      await page.evaluate(() => Limen.event('mine'));
      await leave(page);
      await arrived(receiver, 'mine');
      assert.equal(receiver.bodies[0].headers['limen-key'], undefined);
    },
  ));
