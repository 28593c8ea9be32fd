// Sessions: when they end, whose they are, and what of them lies in the browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { leave, openBrowser, started } from './browser.mjs';
import { html } from './site.mjs';
import { arrived, openTab, stored, visiting } from './visiting.mjs';

const MINUTE = 60_000;

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const page = (data = '') => ({ '/': html('<button id="b">b</button>', { data }) });

/** The wall clock of the profile's pages can be set ahead: `pass(page, millis)`. */
const withClock = ({ context }) =>
  context.addInitScript(() => {
    const native = Date.now;
    Date.now = () => native() + Number(localStorage.ahead ?? 0);
  });
const pass = (page, millis) =>
  page.evaluate((millis) => (localStorage.ahead = Number(localStorage.ahead ?? 0) + millis), millis);

test('#13 another user ends the session and begins one that does not name the first', () =>
  visiting(browser, page(), async ({ page, receiver }) => {
    await page.evaluate(() => {
      Limen.setUser('ada');
      Limen.event('of.ada');
      Limen.setUser('bob');
      Limen.event('of.bob');
    });
    await leave(page);
    const [ada, bob] = await arrived(receiver, 'of.ada', 'of.bob', 'session.end');
    await receiver.until('both starts', (r) => r.events('session.start').length === 2);
    assert.notEqual(ada.at['session.id'], bob.at['session.id']);
    assert.notEqual(ada.at['limen.view.id'], bob.at['limen.view.id']);
    assert.deepEqual(
      receiver.events('session.end').map(({ at }) => at['session.id']),
      [ada.at['session.id']],
    );
    assert.deepEqual(
      receiver
        .events('session.start')
        .sort((one, two) => one.at['limen.event.id'] - two.at['limen.event.id'])
        .map(({ at }) => [at['session.id'], at['session.previous_id']]),
      [
        [ada.at['session.id'], undefined],
        [bob.at['session.id'], undefined],
      ],
    );
    const text = receiver.bodies.map(({ text }) => text).join();
    assert.doesNotMatch(text, /"(ada|bob)"/, 'ids of users stay here, unless they are allowed');
  }));

test('#13 a user who leaves ends the session too', () =>
  visiting(browser, page(), async ({ page, receiver }) => {
    await page.evaluate(() => {
      Limen.setUser('ada');
      Limen.event('of.ada');
      Limen.setUser(undefined);
      Limen.event('of.nobody');
    });
    await leave(page);
    const [nobody] = await receiver.until('the second session', (r) => r.events('of.nobody'));
    assert.notEqual(nobody.at['session.id'], receiver.events('of.ada')[0].at['session.id']);
  }));

test('#12 after a rest the input that ends it begins a session, and belongs to it', () =>
  visiting(
    browser,
    page('data-session-idle-minutes="10"'),
    async ({ page, receiver }) => {
      await page.evaluate(() => Limen.event('before.rest'));
      await pass(page, 11 * MINUTE);
      await page.evaluate(() => Limen.event('while.resting'));
      await page.click('#b');
      await page.evaluate(() => Limen.event('after.rest'));
      await leave(page);
      const [before, after, click] = await arrived(
        receiver,
        ...['before.rest', 'after.rest', 'browser.user_action.click', 'session.end'],
      );
      await receiver.until('both starts', (r) => r.events('session.start').length === 2);
      assert.notEqual(after.at['session.id'], before.at['session.id']);
      assert.equal(click.at['session.id'], after.at['session.id'], 'the click that woke it up is of the new session');
      assert.equal(receiver.events('session.end')[0].at['session.id'], before.at['session.id']);
      const start = receiver.events('session.start').find(({ at }) => at['session.id'] === after.at['session.id']);
      assert.equal(start.at['session.previous_id'], before.at['session.id']);
      assert.deepEqual(receiver.events('while.resting'), []);
    },
    withClock,
  ));

test('#12 a page that polls does not keep its session alive, and tells nothing of an empty chair', () =>
  visiting(
    browser,
    page('data-session-idle-minutes="10"'),
    async ({ page, receiver }) => {
      const poll = (name) => page.evaluate((name) => fetch(`/api/ok?${name}`).then((answer) => answer.text()), name);
      for (const minute of [4, 8, 12]) {
        await poll(`at${minute}`);
        await page.evaluate(() => {
          document.getElementById('b').click();
          scrollTo(0, 10);
          history.pushState({}, '', `/at${Math.random()}`);
        });
        await pass(page, 4 * MINUTE);
      }
      await poll('resting');
      await page.keyboard.press('a');
      await poll('awake');
      await leave(page);
      const spans = await receiver.until('all that was asked in time', (r) => {
        const told = r.spans('GET');
        return ['at4', 'at8', 'at12', 'awake'].every((name) =>
          told.some(({ at }) => at['url.full'].endsWith(`?${name}=`)),
        )
          ? told
          : undefined;
      });
      assert.ok(!spans.some(({ at }) => at['url.full'].endsWith('?resting=')));
      assert.equal(new Set(spans.map(({ at }) => at['session.id'])).size, 2);
    },
    withClock,
  ));

test('#12 a session ends after its longest time, whatever the user does', () =>
  visiting(
    browser,
    page('data-session-idle-minutes="10" data-session-max-minutes="30"'),
    async ({ page, receiver }) => {
      for (let minutes = 0; minutes < 40; minutes += 8) {
        await page.keyboard.press('a');
        await page.evaluate((minutes) => Limen.event(`at.${minutes}`), minutes);
        await pass(page, 8 * MINUTE);
      }
      await leave(page);
      await receiver.until('the last', (r) => r.events('at.32').length && r.events('at.0').length);
      const [first, early, late] = ['at.0', 'at.24', 'at.32'].map((name) => receiver.events(name)[0].at['session.id']);
      assert.equal(early, first);
      assert.notEqual(late, first);
    },
    withClock,
  ));

test('#12 a tab whose session has run out joins the one that another tab began', () =>
  visiting(
    browser,
    page('data-session-idle-minutes="10"'),
    async ({ page, context, origin, receiver }) => {
      await page.evaluate(() => Limen.event('first.tab'));
      await pass(page, 11 * MINUTE);
      const other = await openTab(context, origin);
      await other.evaluate(() => Limen.event('other.tab'));
      await page.evaluate(() => Limen.event('first.tab.again'));
      await leave(other);
      await leave(page);
      const [first, second, again] = await arrived(receiver, 'first.tab', 'other.tab', 'first.tab.again');
      assert.notEqual(second.at['session.id'], first.at['session.id']);
      assert.equal(again.at['session.id'], second.at['session.id'], 'the first tab joins the new session');
    },
    withClock,
  ));

test('without storage nothing is stored, and every document is a session of its own', () =>
  visiting(browser, page('data-storage="none" data-offline'), async ({ page, origin, receiver }) => {
    await page.evaluate(() => {
      Limen.setUser('ada');
      Limen.transaction('checkout', 'start');
      Limen.event('first.page');
    });
    assert.deepEqual(await stored(page), []);
    await page.goto(origin, { waitUntil: 'load' });
    await started(page);
    await page.evaluate(() => Limen.event('second.page'));
    assert.deepEqual(await stored(page), []);
    await leave(page);
    await receiver.until('both', (r) => r.events('second.page').length && r.events('first.page').length);
    const [first, second] = ['first.page', 'second.page'].map((name) => receiver.events(name)[0].at['session.id']);
    assert.notEqual(first, second);
  }));

test('what is stored holds no more than ids, times and marks', () =>
  visiting(browser, page('data-allow-user'), async ({ page }) => {
    await page.evaluate(() => Limen.setUser('ada.lovelace@example.com'));
    const [[key, value]] = await page.evaluate(() => Object.entries(localStorage));
    assert.equal(key, 'limen.session.test-key');
    assert.doesNotMatch(value, /ada|love|example/);
    assert.equal(await page.evaluate(() => document.cookie + sessionStorage.length), '0');
  }));
