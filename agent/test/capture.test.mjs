// What the agent sees of a page: vitals, phases, errors, clicks, routes, sessions.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { leave, openBrowser, started, visit } from './browser.mjs';
import { html, openSite } from './site.mjs';

const SERVER_TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SERVER_SPAN = '00f067aa0ba902b7';

const app = html(
  `<h1 id="title">Shop</h1>
   <button id="buy" class="primary" data-limen-name="buy">Secret text of the button</button>
   <a id="list" href="#">List</a><button id="nothing">nothing</button><button id="throw">throw</button><main id="main"></main>
   <script>
     globalThis.watched = [];
     new PerformanceObserver((l) => watched.push(...l.getEntries().map((e) => e.startTime))).observe({ type: 'largest-contentful-paint', buffered: true });
     const go = async (path, api) => {
       const answer = await fetch(api);
       const text = await answer.text();
       history.pushState({}, '', path);
       document.getElementById('main').innerHTML = '<p>' + text + '</p>';
       const more = await fetch(api + '2');
       document.getElementById('main').append(await more.text());
     };
     document.getElementById('list').onclick = (e) => { e.preventDefault(); go('/list?q=secret#frag', '/api/list?token=secret'); };
     document.getElementById('throw').onclick = () => { throw new RangeError('out of stock'); };
   </script>`,
  { data: 'data-allow-attributes="step plan" data-allow-user' },
);

const answer =
  (text, millis = 0) =>
  (_request, response) =>
    setTimeout(() => response.end(text), millis);

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

async function withSite(run) {
  const site = await openSite({
    '/': app,
    '/list': app,
    '/joined': (_request, response) =>
      response
        .setHeader('content-type', 'text/html')
        .setHeader('server-timing', `db;dur=3, traceparent;desc="00-${SERVER_TRACE}-${SERVER_SPAN}-01"`)
        .end(app),
    '/cached': (_request, response) =>
      response
        .setHeader('content-type', 'text/html')
        .setHeader('cache-control', 'max-age=600')
        .setHeader('server-timing', `traceparent;desc="00-${SERVER_TRACE}-${SERVER_SPAN}-01"`)
        .end(app),
    '/meta': html('<p>meta</p>', {
      head: `<meta name="traceparent" content="00-${SERVER_TRACE}-${SERVER_SPAN}-01">`,
    }),
    '/api/list': answer('the list', 60),
    '/api/list2': answer('more of the list', 60),
  });
  try {
    await run(site);
  } finally {
    await site.close();
  }
}

test("reports an LCP equal to the page's own PerformanceObserver", () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    await page.waitForFunction(() => watched.length > 0);
    const watched = await page.evaluate(() => globalThis.watched.at(-1));
    await leave(page);
    const view = await receiver.until('a view with its LCP', (r) => r.views().find(({ at }) => at['limen.view.lcp']));
    assert.ok(Math.abs(view.at['limen.view.lcp'] - watched) < 0.01, `${view.at['limen.view.lcp']} is not ${watched}`);
    assert.match(view.at['limen.view.lcp.target'], /title/);
    const vital = receiver.events('browser.web_vital').find(({ at }) => at['browser.web_vital.name'] === 'lcp');
    assert.equal(vital.at['browser.web_vital.value'], view.at['limen.view.lcp']);
    assert.equal(vital.at['limen.view.id'], view.at['limen.view.id']);
  }));

test('tells the phases of the document, and a real zero as zero', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    const entry = await page.evaluate(async () => {
      while (!performance.getEntriesByType('navigation')[0].loadEventEnd) await new Promise((done) => setTimeout(done));
      return performance.getEntriesByType('navigation')[0].toJSON();
    });
    await leave(page);
    const { at } = await receiver.until('a view with its load time', (r) =>
      r.views().find(({ at }) => at['limen.view.load_time']),
    );
    const near = (name, value) => assert.ok(Math.abs(at[name] - value) < 0.01, `${name} ${at[name]} is not ${value}`);
    near('limen.view.load_time', entry.loadEventEnd);
    near('limen.view.phase.request', entry.responseStart - entry.requestStart);
    near('limen.view.phase.response', entry.responseEnd - entry.responseStart);
    assert.equal(at['limen.view.phase.tls'], 0);
    assert.equal(at['limen.view.kind'], 'load');
    assert.equal(at['limen.view.navigation_type'], 'navigate');
  }));

test('tells who reports', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    await leave(page);
    const [{ resource }] = await receiver.until('a session start', (r) => r.events('session.start'));
    assert.equal(resource['service.name'], 'shop');
    assert.equal(resource['service.version'], '1.2.3');
    assert.equal(resource['deployment.environment.name'], 'test');
    assert.equal(resource['telemetry.sdk.name'], 'limen');
    assert.match(resource['user_agent.original'], /Chrome/);
    assert.equal(resource['user_agent.synthetic.type'], 'test', 'a program drives this browser');
    assert.ok(resource['limen.screen.width'] > 0);
  }));

test('a thrown error arrives with its stack', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    await page.click('#throw');
    await leave(page);
    const [error] = await receiver.until('an exception', (r) => r.events('exception'));
    assert.equal(error.at['exception.type'], 'RangeError');
    assert.equal(error.at['exception.message'], 'out of stock');
    assert.match(error.at['exception.stacktrace'], /onclick/);
    assert.equal(error.at['limen.exception.handled'], false);
    assert.equal(error.at['limen.exception.mechanism'], 'onerror');
    const view = receiver.views().find(({ at }) => at['limen.view.id'] === error.at['limen.view.id']);
    assert.equal(view.at['limen.view.errors'], 1);
  }));

test('an unhandled rejection and a reported error arrive once each', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    await page.evaluate(() => {
      Promise.reject(new TypeError('nobody cared'));
      const caught = new Error('caught');
      Limen.error(caught, { step: 'pay', password: 'hunter2' });
      Limen.error(caught);
      return new Promise((done) => addEventListener('unhandledrejection', () => done(), { once: true }));
    });
    await leave(page);
    const errors = await receiver.until(
      'two exceptions',
      (r) => r.events('exception').length >= 2 && r.events('exception'),
    );
    assert.deepEqual(errors.map(({ at }) => [at['exception.message'], at['limen.exception.mechanism']]).sort(), [
      ['caught', 'manual'],
      ['nobody cared', 'unhandledrejection'],
    ]);
    const caught = errors.find(({ at }) => at['exception.message'] === 'caught');
    assert.equal(caught.at.step, 'pay');
    assert.ok(!('password' in caught.at), 'only names that the page allows leave');
  }));

test('#15 an error of another origin is kept and marked', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    await page.evaluate(() => dispatchEvent(new ErrorEvent('error', { message: 'Script error.' })));
    await leave(page);
    const [error] = await receiver.until('an exception', (r) => r.events('exception'));
    assert.equal(error.at['exception.message'], 'Script error.');
    assert.equal(error.at['limen.exception.opaque'], true);
  }));

test('a click has the name the developer gave it and never the text of the page', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    await page.click('#buy');
    await page.click('#nothing');
    await leave(page);
    const clicks = await receiver.until(
      'two clicks',
      (r) => r.events('browser.user_action.click').length === 2 && r.events('browser.user_action.click'),
    );
    assert.deepEqual(
      clicks.map(({ at }) => at['limen.action.name']),
      ['buy', 'button#nothing'],
    );
    assert.equal(clicks[0].at['browser.css_selector'], 'button#buy');
    assert.equal(clicks[0].at['browser.tag_name'], 'BUTTON');
    assert.ok(!receiver.bodies.some(({ text }) => text.includes('Secret text')));
    assert.deepEqual(receiver.spans('click'), [], 'a click without consequences is no span');
  }));

test('a click of a script is not an action', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    await page.evaluate(() => document.getElementById('buy').click());
    await leave(page);
    const [view] = await receiver.until('a view', (r) => r.views());
    assert.equal(view.at['limen.view.actions'], 0);
    assert.deepEqual(receiver.events('browser.user_action.click'), []);
  }));

test('a route change has a transition time and its requests are children', () =>
  withSite(async ({ origin, receiver, asked }) => {
    const page = await visit(browser, origin);
    await started(page);
    await page.click('#list');
    await receiver.until('a route with its time', (r) => r.views().find(({ at }) => at['limen.view.transition_time']));
    await leave(page);
    const [root] = await receiver.until('the root span', (r) => r.spans('routeChange'));
    const view = receiver.views().find(({ at }) => at['limen.view.kind'] === 'route');
    const load = receiver.views().find(({ at }) => at['limen.view.kind'] === 'load');
    const transition = view.at['limen.view.transition_time'];
    assert.ok(
      transition >= 120 && transition < 5_000,
      `two requests of 60 ms, one after the other, took ${transition} ms`,
    );
    assert.ok(Math.abs(root.end - root.start - transition) < 0.01);
    assert.equal(view.traceId, root.traceId);
    assert.equal(view.spanId, root.spanId);
    const requests = receiver.spans('GET');
    assert.equal(requests.length, 2);
    for (const span of requests) {
      assert.equal(span.traceId, root.traceId);
      assert.equal(span.parentSpanId, root.spanId);
      assert.ok(span.start >= root.start && span.end <= root.end, 'a child lies inside its root');
    }
    assert.match(asked('/api/list')[0].headers.traceparent, new RegExp(`^00-${root.traceId}-`));
    const [click] = receiver.events('browser.user_action.click');
    assert.equal(click.time, root.start, 'the root starts at the click');
    assert.equal(click.traceId, root.traceId);
    assert.equal(click.at['limen.view.id'], load.at['limen.view.id'], 'the click belongs to the page it was made on');
    const navigation = receiver.events('browser.navigation').find(({ at }) => at['browser.navigation.same_document']);
    assert.equal(navigation.at['browser.navigation.type'], 'push');
    assert.equal(view.at['limen.view.referrer'], `${origin}/`);
    assert.equal(receiver.spans('click').length, 0, 'the click became the route change');
  }));

test('going back is a view of its own', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    await page.evaluate(() => history.pushState({}, '', '/somewhere'));
    await page.evaluate(() => {
      const there = new Promise((done) => addEventListener('popstate', done, { once: true }));
      history.back();
      return there.then(() => undefined);
    });
    await leave(page);
    const types = await receiver.until('both changes', (r) => {
      const soft = r.events('browser.navigation').filter(({ at }) => at['browser.navigation.same_document']);
      return soft.length === 2 && soft.map(({ at }) => at['browser.navigation.type']);
    });
    assert.deepEqual(types, ['push', 'traverse']);
  }));

test('follows history by patching where there is no Navigation API, and gives it back', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin, (page) =>
      page.addInitScript(() => Object.defineProperty(globalThis, 'navigation', { value: undefined })),
    );
    await started(page);
    await page.evaluate(() => history.pushState({}, '', '/patched'));
    const native = await page.evaluate(() => {
      Limen.stop();
      return [history.pushState, fetch, XMLHttpRequest.prototype.open].map((each) => /native code/.test(String(each)));
    });
    assert.deepEqual(native, [true, true, true]);
    const view = await receiver.until('the route', (r) =>
      r.views().find(({ at }) => at['limen.view.kind'] === 'route'),
    );
    assert.equal(view.at['browser.document.url.full'], `${origin}/patched`);
  }));

test('#29 the document joins the trace of Server-Timing', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, `${origin}/joined`);
    await started(page);
    await leave(page);
    const [root] = await receiver.until('the root', (r) => r.spans('documentLoad'));
    const [fetched] = await receiver.until('the fetch', (r) => r.spans('documentFetch'));
    assert.equal(root.traceId, SERVER_TRACE);
    assert.equal(root.parentSpanId, undefined);
    assert.equal(fetched.traceId, SERVER_TRACE);
    assert.equal(fetched.parentSpanId, root.spanId);
    assert.equal(fetched.at['limen.server_span_id'], SERVER_SPAN);
    assert.equal(fetched.at['http.response.status_code'], 200);
    assert.ok(fetched.start >= root.start && fetched.end <= root.end);
    assert.equal(receiver.views()[0].traceId, SERVER_TRACE);
  }));

test('the document joins the trace of its meta tag', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, `${origin}/meta`);
    await started(page);
    await leave(page);
    const [root] = await receiver.until('the root', (r) => r.spans('documentLoad'));
    assert.equal(root.traceId, SERVER_TRACE);
  }));

test('#29 a document from the cache does not join the trace of an old answer', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, `${origin}/cached`);
    await started(page);
    await page.goto(origin);
    await page.evaluate((url) => (location.href = url), `${origin}/cached`);
    await page.waitForURL(`${origin}/cached`);
    await started(page);
    assert.equal(await page.evaluate(() => performance.getEntriesByType('navigation')[0].transferSize), 0);
    await leave(page);
    const roots = await receiver.until(
      'three loads',
      (r) => r.spans('documentLoad').length === 3 && r.spans('documentLoad'),
    );
    assert.equal(roots[0].traceId, SERVER_TRACE);
    assert.notEqual(roots[2].traceId, SERVER_TRACE);
  }));

test('#13 tabs of one origin share a session, and another user begins a new one', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, origin);
    await started(page);
    const second = await page.context().newPage();
    await second.goto(origin);
    await started(second);
    await second.evaluate(() => {
      Limen.setUser('ada');
      Limen.event('first.user');
      Limen.setUser('bob');
      Limen.event('second.user');
    });
    await leave(second);
    await leave(page);
    await receiver.until('both users', (r) => r.events('second.user').length && r.views().length >= 3);
    const starts = await receiver.until(
      'two starts',
      (r) => r.events('session.start').length === 2 && r.events('session.start').sort((a, b) => a.time - b.time),
    );
    const ids = starts.map(({ at }) => at['session.id']);
    assert.notEqual(ids[0], ids[1]);
    assert.equal(receiver.events('first.user')[0].at['session.id'], ids[0], 'the second tab joined the first one');
    assert.equal(receiver.events('first.user')[0].at['user.id'], 'ada');
    assert.equal(receiver.events('second.user')[0].at['session.id'], ids[1]);
    assert.equal(starts[1].at['session.previous_id'], undefined, 'two people are not tied together');
  }));

test('#6 a return from the back/forward cache is a new view with vitals of its own', () =>
  withSite(async ({ origin, receiver }) => {
    const page = await visit(browser, `${origin}/joined`);
    await started(page);
    await page.goto(`${origin}/meta`);
    // Playwright cannot follow a restored page; what it sends tells enough.
    await page.evaluate(() => void setTimeout(() => history.back()));
    const view = await receiver.until('the restored view with its LCP', (r) =>
      r.views().find(({ at }) => at['limen.view.kind'] === 'restore' && at['limen.view.lcp'] !== undefined),
    );
    assert.equal(view.at['limen.view.navigation_type'], 'back-forward-cache');
    assert.equal(view.traceId, undefined, 'no server answered it');
    assert.equal(receiver.views().filter(({ at }) => at['limen.view.kind'] === 'load').length, 2);
  }));
