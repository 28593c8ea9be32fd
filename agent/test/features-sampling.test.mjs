// Sampling: who is recorded, what brings a session back, and that everybody decides alike.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { leave, openBrowser, started } from './browser.mjs';
import { html } from './site.mjs';
import { arrived, markerRoute, openTab, othersAfter, visiting } from './visiting.mjs';

const PROBABILITY = 'limen.sampling.probability';

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const sampled = (rate, data = '') => ({
  '/': html('<p>sampled</p>', { data: `data-sample-rate="${rate}" ${data}` }),
  ...markerRoute,
});
const request = (page) => page.evaluate(() => fetch('/api/ok').then((answer) => answer.text()));

// Side by side: most of them wait for a batch that takes its time.
describe('sampling', { concurrency: 4 }, () => {
  test('of a session that is left out nothing leaves', () =>
    visiting(browser, sampled(0), async (visit) => {
      await visit.page.evaluate(() => Limen.event('plain'));
      await request(visit.page);
      await leave(visit.page);
      assert.deepEqual(await othersAfter(visit), []);
      assert.deepEqual(visit.receiver.spans('GET'), []);
    }));

  test('an error brings back a session that was left out, and marks what counts for nobody else', () =>
    visiting(browser, sampled(0), async ({ page, receiver }) => {
      await page.evaluate(() => Limen.event('held.back'));
      await page.evaluate(() => Limen.error(new Error('bad')));
      await page.evaluate(() => Limen.event('after'));
      await leave(page);
      const names = ['session.start', 'held.back', 'after', 'limen.view'];
      const [error] = await arrived(receiver, 'exception', ...names);
      await receiver.until('the spans', (r) => r.spans('documentLoad'));
      assert.ok(!(PROBABILITY in error.at), 'all errors are sent: it stands for itself');
      for (const name of names)
        assert.deepEqual([...new Set(receiver.events(name).map(({ at }) => at[PROBABILITY]))], [0], name);
      for (const span of receiver.spans()) assert.equal(span.at[PROBABILITY], 0, span.name);
    }));

  test('an event of the list brings a session back, and another one does not', () =>
    visiting(browser, sampled(0, 'data-promote-on="checkout.done"'), async (visit) => {
      const { page, context, origin, receiver } = visit;
      const other = await openTab(context, origin);
      await other.evaluate(() => Limen.event('checkout.begun'));
      await leave(other);
      assert.deepEqual(await othersAfter(visit), []);
      await page.evaluate(() => Limen.event('checkout.done'));
      await leave(page);
      const [done] = await arrived(receiver, 'checkout.done');
      const start = await receiver.until('the start of its session', (r) =>
        r.events('session.start').find(({ at }) => at['session.id'] === done.at['session.id']),
      );
      assert.deepEqual([done.at[PROBABILITY], start.at[PROBABILITY]], [undefined, 0]);
    }));

  test('a route of the list brings a session back, and stands for itself in every session', () =>
    visiting(browser, sampled(0, 'data-promote-on="/checkout"'), async ({ page, receiver }) => {
      await page.evaluate(() => {
        Limen.event('before');
        history.pushState({}, '', '/checkouts');
        Limen.event('elsewhere');
        history.pushState({}, '', '/checkout/pay?step=1');
        Limen.event('there');
        history.pushState({}, '', '/thanks');
        Limen.event('after');
      });
      await leave(page);
      await arrived(receiver, 'after', 'limen.view');
      const of = (name) => [...new Set(receiver.events(name).map(({ at }) => at[PROBABILITY]))];
      assert.deepEqual(['before', 'elsewhere', 'there', 'after'].map(of), [[0], [0], [undefined], [0]]);
      const views = receiver
        .events('limen.view')
        .map(({ at }) => [new URL(at['browser.document.url.full']).pathname, at[PROBABILITY]]);
      assert.deepEqual(
        [...new Set(views.filter(([, share]) => share === undefined).map(([path]) => path))],
        ['/checkout/pay'],
      );
    }));

  test('a session that was left out keeps its last hundred records', () =>
    visiting(browser, sampled(0), async ({ page, receiver }) => {
      await page.evaluate(() => {
        for (let i = 0; i < 150; i++) Limen.event(`held.${i}`);
        Limen.error(new Error('bad'));
      });
      await leave(page);
      const held = await receiver.until('a hundred records', (r) => {
        const numbers = r.events().flatMap(({ name }) => (/^held\.(\d+)$/.exec(name) ?? []).slice(1).map(Number));
        return numbers.length >= 100 && r.events('exception').length && numbers.sort((a, b) => a - b);
      });
      assert.deepEqual(
        held,
        Array.from({ length: 100 }, (_, i) => i + 50),
      );
    }));

  test('a recorded share is told with every record', () =>
    visiting(
      browser,
      sampled(0.5),
      async ({ page, receiver }) => {
        await page.evaluate(() => Limen.event('plain'));
        await leave(page);
        const [plain] = await receiver.until('the event', (r) => r.events('plain'));
        assert.equal(plain.at[PROBABILITY], 0.5);
      },
      chooseBy(0xff),
    ));

  /** The dice of sessions show this byte: other ids stay as random as they are. */
  function chooseBy(byte) {
    return ({ page, context }) =>
      (context ?? page.context()).addInitScript((byte) => {
        const native = crypto.getRandomValues.bind(crypto);
        crypto.getRandomValues = (array) => {
          native(array);
          if (array.length === 16) array.fill(byte, 9);
          return array;
        };
      }, byte);
  }

  for (const [byte, rate, flag, state] of [
    [0x7f, 1, '01', 'ot=th:0;rv:7f7f7f7f7f7f7f'],
    [0x80, 0.5, '01', 'ot=th:8;rv:80808080808080'],
    [0x7f, 0.5, '00', 'ot=rv:7f7f7f7f7f7f7f'],
    [0xfe, 0, '00', 'ot=rv:fefefefefefefe'],
  ])
    test(`services are told by traceparent and tracestate: ${state} at rate ${rate}`, () =>
      visiting(
        browser,
        sampled(rate),
        async ({ page, asked }) => {
          await request(page);
          const { traceparent, tracestate } = asked('/api/ok')[0].headers;
          assert.match(traceparent, new RegExp(`^00-[0-9a-f]{32}-[0-9a-f]{16}-${flag}$`));
          assert.equal(tracestate, state);
        },
        chooseBy(byte),
      ));

  test('services are told to keep what an error has brought back', () =>
    visiting(browser, sampled(0), async ({ page, receiver, asked }) => {
      await page.evaluate(() => Limen.error(new Error('bad')));
      await request(page);
      await leave(page);
      const [span] = await receiver.until('the span', (r) => r.spans('GET'));
      const { traceparent, tracestate } = asked('/api/ok')[0].headers;
      assert.equal(traceparent, `00-${span.traceId}-${span.spanId}-01`);
      assert.equal(tracestate, `ot=rv:${span.at['session.id'].slice(-14)}`);
      assert.equal(span.traceState, tracestate);
    }));

  for (const [byte, sent] of [
    [0xff, true],
    [0x10, false],
  ])
    test(`#34 all tabs and pages of a session decide alike: ${sent ? 'recorded' : 'left out'}`, () =>
      visiting(
        browser,
        sampled(0.5),
        async (visit) => {
          const { page, context, origin, receiver } = visit;
          const other = await openTab(context, origin);
          await other.evaluate(() => Limen.event('other.tab'));
          await page.reload({ waitUntil: 'load' });
          await started(page);
          await page.evaluate(() => Limen.event('next.page'));
          await leave(other);
          await leave(page);
          if (sent) await receiver.until('both', (r) => r.events('other.tab').length && r.events('next.page').length);
          const all = await othersAfter(visit);
          assert.equal(new Set(all.map(({ at }) => at['session.id'])).size, sent ? 1 : 0);
        },
        chooseBy(byte),
      ));

  test('an error in one tab brings the session back in the other', () =>
    visiting(
      browser,
      sampled(0),
      async ({ page, context, origin, receiver }) => {
        const other = await openTab(context, origin);
        await page.evaluate(() => Limen.error(new Error('bad')));
        await receiver.until('the error', (r) => r.events('exception'));
        // The other tab reads the storage again after a second at the latest.
        const flagOf = () => other.evaluate(() => fetch('/flag').then((answer) => answer.text()));
        while (!/-01$/.test(await flagOf()));
        await other.evaluate(() => Limen.event('other.tab'));
        await leave(other);
        const [event] = await receiver.until('the event of the other tab', (r) => r.events('other.tab'));
        assert.equal(event.at['session.id'], receiver.events('exception')[0].at['session.id']);
      },
      ({ routes }) => (routes['/flag'] = (request, response) => response.end(request.headers.traceparent)),
    ));

  /** The server's answers push these settings. */
  const pushing =
    (settings) =>
    ({ routes, receiver }) =>
      (routes['/in'] = (request, response, url) => {
        const { end } = response;
        response.end = () => end.call(response, JSON.stringify({ settings }));
        return receiver.handle(request, response, url);
      });

  test('settings that the server pushes are kept, and hold for the next session only', () =>
    visiting(
      browser,
      sampled(1, 'data-path="/in"'),
      async (visit) => {
        const { page, context, origin, receiver } = visit;
        const pushed = (page) => page.waitForFunction(() => Limen.settings().sampleRate === 0);
        await pushed(page);
        await page.evaluate(() => Limen.event('same.session'));
        const other = await openTab(context, origin);
        assert.equal(await other.evaluate(() => Limen.settings().sampleRate), 0, 'known at once');
        await other.evaluate(() => Limen.event('other.tab'));
        await leave(other);
        await receiver.until('the running session goes on', (r) => r.events('other.tab'));
        await leave(page);
        await arrived(receiver, 'same.session');
        const next = await context.newPage();
        await next.addInitScript(() => localStorage.removeItem('limen.session.test-key'));
        await next.goto(origin, { waitUntil: 'load' });
        await next.evaluate(() => Limen.event('next.session'));
        await leave(next);
        const all = await othersAfter(visit);
        assert.equal(new Set(all.map(({ at }) => at['session.id'])).size, 1);
        assert.ok(!all.some(({ name }) => name === 'next.session'));
      },
      pushing({ sampleRate: 0 }),
    ));

  test('the most that the server lets in holds for the next session, and is forgotten with the page', () =>
    visiting(
      browser,
      sampled(1, 'data-path="/in"'),
      async (visit) => {
        const { page, context, origin, receiver } = visit;
        await page.waitForFunction(() => Limen.settings().sampleRateMax === 0);
        await page.evaluate(() => Limen.setUser('ada'));
        await page.evaluate(() => Limen.setUser('bob'));
        await page.evaluate(() => Limen.event('of.bob'));
        await leave(page);
        const next = await context.newPage();
        await next.addInitScript(() => localStorage.removeItem('limen.session.test-key'));
        await next.goto(origin, { waitUntil: 'load' });
        await next.evaluate(() => Limen.event('next.page'));
        await leave(next);
        await arrived(receiver, 'next.page');
        assert.deepEqual(receiver.events('of.bob'), []);
      },
      pushing({ sampleRateMax: 0 }),
    ));

  test('what a recorded session has waiting leaves although the next one is left out', () =>
    visiting(
      browser,
      sampled(1, 'data-path="/in"'),
      async ({ page, receiver }) => {
        await page.waitForFunction(() => Limen.settings().sampleRate === 0);
        await page.evaluate(() => {
          Limen.setUser('ada');
          Limen.event('of.ada');
          Limen.setUser('bob');
          Limen.event('of.bob');
        });
        await leave(page);
        await arrived(receiver, 'of.ada', 'session.end');
        assert.deepEqual(receiver.events('of.bob'), []);
      },
      pushing({ sampleRate: 0 }),
    ));

  test('an error brings back its own session and not the one before', () =>
    visiting(browser, sampled(0), async ({ page, receiver }) => {
      await page.evaluate(() => {
        Limen.setUser('ada');
        Limen.event('of.ada');
        Limen.setUser('bob');
        Limen.event('of.bob');
        Limen.error(new Error('of bob'));
      });
      await leave(page);
      await arrived(receiver, 'of.bob', 'exception', 'limen.agent');
      assert.deepEqual(receiver.events('of.ada'), []);
    }));

  test('settings that make no sense are left aside', () =>
    visiting(
      browser,
      sampled(1, 'data-path="/in"'),
      async ({ page }) => {
        await page.waitForFunction(() => Limen.settings().off[0]);
        const { sampleRate, promoteOn, off } = await page.evaluate(() => Limen.settings());
        assert.deepEqual({ sampleRate, promoteOn, off }, { sampleRate: undefined, promoteOn: [], off: ['clicks'] });
      },
      pushing({ sampleRate: 'all', promoteOn: 'everything', off: ['clicks'], more: 1 }),
    ));

  test('a feature that the server has set off is off from the next page on', () =>
    visiting(
      browser,
      { ...sampled(1, 'data-path="/in"'), '/': html('<button id="b">b</button>', { data: 'data-path="/in"' }) },
      async ({ page, origin, receiver }) => {
        await page.waitForFunction(() => Limen.settings().off[0]);
        await page.goto(origin, { waitUntil: 'load' });
        await page.click('#b');
        await page.evaluate(() => Limen.event('clicked'));
        await leave(page);
        await receiver.until('what came after the click', (r) => r.events('clicked'));
        assert.deepEqual(receiver.events('browser.user_action.click'), []);
      },
      pushing({ off: ['clicks'] }),
    ));
});
