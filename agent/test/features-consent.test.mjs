// Consent: nothing of the agent's before the user's word, and nothing left after a no.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { leave, openBrowser } from './browser.mjs';
import { html } from './site.mjs';
import { ALL_NATIVE, markerRoute, nativeFunctions, othersAfter, stored, visiting } from './visiting.mjs';
import { withoutNavigationApi } from './visiting.mjs';

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/;
const asking = { '/': html('<p>ask</p>', { data: 'data-consent="ask" data-console="warn"' }), ...markerRoute };

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const request = (page) => page.evaluate(() => fetch('/api/ok').then((answer) => answer.text()));

/** Nothing of the agent can be seen in the page or on the network. */
async function assertUntouched({ page, receiver, asked }) {
  assert.deepEqual(await stored(page), []);
  assert.deepEqual(await nativeFunctions(page), ALL_NATIVE);
  await request(page);
  const { headers } = asked('/api/ok').at(-1);
  assert.deepEqual([headers.traceparent, headers.tracestate], [undefined, undefined]);
  assert.deepEqual(receiver.bodies, []);
}

async function assertRunning({ page, asked }) {
  assert.deepEqual(await nativeFunctions(page), []);
  assert.ok((await stored(page)).length > 0);
  await request(page);
  assert.match(asked('/api/ok').at(-1).headers.traceparent, TRACEPARENT);
}

test('#36 nothing is stored, sent, wrapped or propagated before the user has said yes', () =>
  visiting(
    browser,
    asking,
    async (visit) => {
      const { page, receiver } = visit;
      await page.evaluate(() => {
        Limen.event('asked.early');
        Limen.setUser('ada');
        Limen.error(new Error('early'));
      });
      await assertUntouched(visit);
      await page.evaluate(() => Limen.setConsent(true));
      await assertRunning(visit);
      await leave(page);
      const [early] = await receiver.until('the call from before', (r) => r.events('asked.early'));
      assert.match(early.at['session.id'], /^[0-9a-f]{32}$/);
      assert.equal(receiver.events('exception')[0].at['exception.message'], 'early');
      assert.equal(receiver.spans('GET').length, 1, 'the request from before was not watched');
    },
    withoutNavigationApi,
  ));

test('#36 a no after a yes sends no more, clears what was stored and gives back the functions', () =>
  visiting(
    browser,
    asking,
    async (visit) => {
      const { page } = visit;
      await page.evaluate(() => Limen.setConsent(true));
      await assertRunning(visit);
      await page.evaluate(() => {
        Limen.event('unsent');
        Limen.setConsent(false);
        Limen.event('too.late');
      });
      assert.deepEqual(await stored(page), []);
      assert.deepEqual(await nativeFunctions(page), ALL_NATIVE);
      await request(page);
      assert.equal(visit.asked('/api/ok').at(-1).headers.traceparent, undefined);
      await leave(page);
      assert.deepEqual(await othersAfter(visit), [], 'what was not sent before the no is not sent');
    },
    withoutNavigationApi,
  ));

test('#36 a no forgets a transaction under way', () =>
  visiting(browser, asking, async ({ page }) => {
    await page.evaluate(() => {
      Limen.setConsent(true);
      Limen.transaction('checkout', 'start');
    });
    assert.match((await stored(page)).join(), /transaction/);
    await page.evaluate(() => Limen.setConsent(false));
    assert.deepEqual(await stored(page), []);
  }));

test('#36 what the page calls between a no and a yes is not told, nor what the no took back', () =>
  visiting(browser, asking, async ({ page, receiver }) => {
    await page.evaluate(() => {
      Limen.setConsent(true);
      Limen.event('taken.back');
      Limen.setConsent(false);
      Limen.event('in.between');
      Limen.setConsent(true);
      Limen.event('again');
    });
    await leave(page);
    await receiver.until('what came after the second yes', (r) => r.events('again'));
    assert.deepEqual(receiver.events('in.between'), []);
    assert.deepEqual(receiver.events('taken.back'), []);
  }));

test('#36 a yes after a no begins another session', () =>
  visiting(browser, asking, async ({ page, receiver }) => {
    const sessionOf = () =>
      page.evaluate(() => localStorage[Object.keys(localStorage).find((key) => /session/.test(key))]);
    await page.evaluate(() => Limen.setConsent(true));
    const first = await sessionOf();
    await page.evaluate(() => {
      Limen.setConsent(false);
      Limen.setConsent(true);
      Limen.event('again');
    });
    assert.notEqual(await sessionOf(), first);
    await leave(page);
    const [again] = await receiver.until('what came after the second yes', (r) => r.events('again'));
    assert.ok(!first.includes(again.at['session.id']));
  }));

test('a no takes back what a visit before has stored', () =>
  visiting(browser, asking, async ({ page, origin }) => {
    await page.evaluate(() => Limen.setConsent(true));
    assert.ok((await stored(page)).length > 0);
    await page.goto(origin, { waitUntil: 'load' });
    await page.evaluate(() => Limen.setConsent(false));
    assert.deepEqual(await stored(page), []);
  }));

/** A consent manager by TCF 2.2: tells its listeners at once and with every change. */
const CMP = `<script>
  const listeners = new Map();
  let data = { gdprApplies: true, eventStatus: 'cmpuishown', purpose: { consents: {} } };
  const tell = (id) => listeners.get(id)({ tcfPolicyVersion: 4, cmpStatus: 'loaded', listenerId: id, ...data }, true);
  globalThis.say = (change) => { data = { ...data, ...change }; for (const id of listeners.keys()) tell(id); };
  globalThis.listening = () => listeners.size;
  globalThis.__tcfapi = (command, version, callback, parameter) => {
    if (version !== 2) return callback(null, false);
    if (command === 'addEventListener') { listeners.set(listeners.size + 1, callback); tell(listeners.size); }
    if (command === 'removeEventListener') callback(listeners.delete(parameter));
  };
</script>`;
const managed = (data, head) => ({ '/': html('<p>managed</p>', { data: `${data} data-console="warn"`, head }) });
/** The manager comes first, as its makers ask for. */
const tcf = (() => {
  const [path, page] = Object.entries(managed('data-consent="tcf"'))[0];
  return { [path]: page.replace('<head>', `<head>${CMP}`), ...markerRoute };
})();

const purposes = (...given) => ({
  eventStatus: 'useractioncomplete',
  purpose: { consents: Object.fromEntries(given.map((purpose) => [purpose, true])) },
});

test('#36 TCF: starts with purposes 1 and 8 and not before, and ends when one is taken back', () =>
  visiting(
    browser,
    tcf,
    async (visit) => {
      const { page } = visit;
      await assertUntouched(visit);
      await page.evaluate((said) => say(said), purposes(1, 3));
      await assertUntouched(visit);
      await page.evaluate((said) => say(said), purposes(1, 8));
      await assertRunning(visit);
      await page.evaluate((said) => {
        Limen.event('unsent');
        say(said);
      }, purposes(8));
      assert.deepEqual(await stored(page), []);
      assert.deepEqual(await nativeFunctions(page), ALL_NATIVE);
      await leave(page);
      assert.deepEqual(await othersAfter(visit), []);
    },
    withoutNavigationApi,
  ));

test('TCF: starts where the regulation does not apply, and stop ends the listening', () =>
  visiting(browser, tcf, async ({ page, receiver }) => {
    assert.equal(await page.evaluate(() => listening()), 1);
    await page.evaluate(() => {
      say({ gdprApplies: false, eventStatus: 'tcloaded' });
      Limen.event('started');
      Limen.stop();
    });
    await receiver.until('the event', (r) => r.events('started'));
    assert.equal(await page.evaluate(() => listening()), 0);
  }));

test('TCF: without a manager nothing begins', () =>
  visiting(browser, managed('data-consent="tcf"'), assertUntouched, withoutNavigationApi));

const consentMode = (said, before = '') => `<script>
  globalThis.dataLayer = [];
  globalThis.gtag = function () { dataLayer.push(arguments); };
  gtag('js', new Date());
  ${before}
  gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: '${said}' });
</script>`;
const google = (said, before) => ({
  '/': html(
    `<button id="yes" onclick="gtag('consent', 'update', { analytics_storage: 'granted' })">yes</button>
     <button id="later" onclick="setTimeout(() => gtag('consent', 'update', { analytics_storage: 'granted' }), 200)">later</button>
     <button id="no" onclick="gtag('consent', 'update', { analytics_storage: 'denied' })">no</button>`,
    { data: 'data-consent="google" data-console="warn"' },
  ).replace('<head>', `<head>${consentMode(said, before)}`),
  ...markerRoute,
});
const running = (page) => page.waitForFunction(() => Object.keys(localStorage).length > 0);
const ended = (page) => page.waitForFunction(() => Object.keys(localStorage).length === 0);

test('#36 Google consent mode: starts when analytics_storage is granted, and ends when it is denied', () =>
  visiting(
    browser,
    google('denied'),
    async (visit) => {
      const { page } = visit;
      await assertUntouched(visit);
      const push = await page.evaluate(() => [Object.hasOwn(dataLayer, 'push'), dataLayer.length]);
      assert.deepEqual(push, [false, 2], 'the data layer is only read');
      await page.click('#yes');
      await running(page);
      await assertRunning(visit);
      await page.evaluate(() => Limen.event('unsent'));
      await page.click('#no');
      await ended(page);
      assert.deepEqual(await nativeFunctions(page), ALL_NATIVE);
      await leave(page);
      assert.deepEqual(await othersAfter(visit), []);
    },
    withoutNavigationApi,
  ));

test('Google consent mode: a yes that the banner tells a moment after the click counts', () =>
  visiting(browser, google('denied'), async ({ page }) => {
    await page.click('#later');
    await running(page);
  }));

test('#36 Google consent mode: a default that denies in some regions denies, until the user says yes', () =>
  visiting(
    browser,
    google('granted', "gtag('consent', 'default', { analytics_storage: 'denied', region: ['DE', 'FR'] });"),
    async (visit) => {
      await assertUntouched(visit);
      await visit.page.click('#yes');
      await running(visit.page);
    },
    withoutNavigationApi,
  ));

test('Google consent mode: a default of granted starts at once', () =>
  visiting(browser, google('granted'), assertRunning, withoutNavigationApi));

const withGpc = async (visit) => {
  await withoutNavigationApi(visit);
  await visit.page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
};

test('#36 Global Privacy Control is a no until the user says yes to this page', () =>
  visiting(
    browser,
    managed(''),
    async (visit) => {
      await assertUntouched(visit);
      await visit.page.evaluate(() => Limen.setConsent(true));
      await assertRunning(visit);
    },
    withGpc,
  ));

test('Global Privacy Control can be overruled by the page that has asked', () =>
  visiting(browser, managed('data-ignore-gpc'), assertRunning, withGpc));
