// Rage, dead and error clicks with their evidence, and what must not be taken for one.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { leave, openBrowser } from './browser.mjs';
import { openSite } from './site.mjs';
import { arrived, startedByScript, visiting } from './visiting.mjs';

const TYPE = 'limen.frustration.type';

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

/** The page keeps what the agent is about to send, so that a test can wait for it. */
const TOLD = `{ beforeSend: (record) => { (globalThis.told ??= []).push(record); return record; } }`;
const watched = (body) => ({
  '/': startedByScript(
    `<style>body { margin: 20px } button, a, canvas { display: inline-block; min-width: 60px; min-height: 30px }</style>${body}`,
    TOLD,
  ),
  '/next': '<p>next</p>',
});

/** The agent knows by now what the clicks on the element were: it has told them, and the span of the last if it has one. */
const decided = (page, selector, clicks = 1) =>
  page.waitForFunction(
    ({ selector, clicks }) => {
      const all = told.filter(({ attributes }) => attributes['browser.css_selector'] === selector);
      const events = all.filter(({ name }) => name === 'browser.user_action.click');
      const caused = told.some(({ name }) => name === 'GET');
      return events.length >= clicks && (!caused || told.some(({ name }) => /^(click|routeChange)$/.test(name)));
    },
    { selector, clicks },
  );
const frustrations = (page) =>
  page.evaluate(() =>
    told.filter(({ name }) => name === 'limen.frustration').map((r) => r.attributes['limen.frustration.type']),
  );

/** The load is over: what the page does from now on is the click's. */
const settled = (page) =>
  page.waitForFunction(() => told.some(({ type, name }) => type === 'span' && name === 'documentLoad'));

test('#31 a click on a button that does nothing is dead, and comes with its evidence', () =>
  visiting(browser, watched('<button id="b">b</button>'), async ({ page, receiver }) => {
    await settled(page);
    await page.click('#b');
    await decided(page, 'button#b');
    await leave(page);
    const [dead, click, view] = await arrived(
      receiver,
      ...['limen.frustration', 'browser.user_action.click', 'limen.view', 'limen.agent'],
    );
    assert.equal(dead.at[TYPE], 'dead');
    assert.equal(dead.at['limen.frustration.click_id'], click.at['limen.event.id']);
    assert.equal(dead.at['limen.frustration.clicks'], 1);
    assert.equal(dead.at['limen.frustration.window'], 1_000);
    assert.equal(dead.at['browser.css_selector'], 'button#b');
    assert.equal(dead.at['limen.action.name'], 'button#b');
    assert.equal(dead.at['limen.view.id'], view.at['limen.view.id']);
    assert.equal(receiver.views()[0].at['limen.view.frustrations'], 1);
  }));

test('three quick clicks on one place are rage, once', () =>
  visiting(browser, watched('<button id="b">b</button>'), async ({ page, receiver }) => {
    await settled(page);
    const button = await page.$('#b');
    const { x, y } = await button.boundingBox();
    for (let i = 0; i < 5; i++) await page.mouse.click(x + 5 + i, y + 5);
    await leave(page);
    await arrived(receiver, 'limen.frustration', 'limen.agent', 'limen.view');
    const clicks = await receiver.until('all clicks', (r) => {
      const told = r.events('browser.user_action.click');
      return told.length === 5 && told.sort((a, b) => a.time - b.time);
    });
    const rage = receiver.events('limen.frustration').filter(({ at }) => at[TYPE] === 'rage');
    assert.equal(rage.length, 1);
    assert.equal(rage[0].at['limen.frustration.clicks'], 3);
    assert.equal(rage[0].at['limen.frustration.click_id'], clicks[2].at['limen.event.id']);
  }));

test('quick clicks on different elements are no rage', () =>
  visiting(
    browser,
    watched('<button id="a">a</button><button id="b">b</button><button id="c">c</button>'),
    async ({ page }) => {
      for (const id of ['#a', '#b', '#c', '#a', '#b', '#c']) await page.click(id);
      assert.ok(!(await frustrations(page)).includes('rage'));
    },
  ));

test('a click whose handler throws is an error click, with the exception beside it', () =>
  visiting(
    browser,
    watched(`<button id="b" onclick="document.title = 'x'; throw new RangeError('no')">b</button>`),
    async ({ page, receiver }) => {
      await page.click('#b');
      await leave(page);
      const [frustration, click] = await arrived(
        receiver,
        ...['limen.frustration', 'browser.user_action.click', 'exception'],
      );
      assert.equal(frustration.at[TYPE], 'error');
      assert.equal(frustration.at['limen.frustration.click_id'], click.at['limen.event.id']);
      assert.equal(receiver.events('limen.frustration').length, 1);
    },
  ));

/** Elements on which a click may rightly show nothing, or does show something: none of them is dead. */
const ALIVE = {
  'a label of a field': ['<label for="f" id="t">Name</label><input id="f">', 'label#t'],
  'a label around a box': [
    '<label id="l"><input type="checkbox"><b id="t">I agree to all of it</b></label>',
    'label#l',
  ],
  'a text field': ['<input id="t">', 'input#t'],
  'a text field that has the focus': ['<input id="t" autofocus>', 'input#t'],
  'a text area': ['<textarea id="t"></textarea>', 'textarea#t'],
  'a select': ['<select id="t"><option>one</option><option>two</option></select>', 'select#t'],
  'an editable text': ['<div id="t" role="button" contenteditable>edit</div>', 'div#t'],
  'a canvas': ['<canvas id="t" onclick="" width="60" height="30"></canvas>', 'canvas#t'],
  'a canvas in a named area': [
    '<div id="t" data-limen-name="map" style="width: 60px"><canvas width="60" height="30"></canvas></div>',
    'div#t',
  ],
  'a link to another tab': ['<a id="t" href="/next" target="_blank">next</a>', 'a#t'],
  'a link to a named window': ['<a id="t" href="/next" target="help">next</a>', 'a#t'],
  'a download': ['<a id="t" href="/next" download>next</a>', 'a#t'],
  'a link to a mail program': ['<a id="t" href="mailto:shop@example.com">mail</a>', 'a#t'],
  'a video': ['<video id="t" onclick="" style="width: 80px; height: 60px"></video>', 'video#t'],
  'a box that is ticked': ['<input type="checkbox" id="t">', 'input#t'],
  'a button that toggles a class': [
    `<button id="t" onclick="document.body.classList.toggle('dark')">dark</button>`,
    'button#t',
  ],
  'a button that toggles an attribute of its state': [
    `<button id="t" aria-expanded="false" onclick="this.setAttribute('aria-expanded', 'true')">more</button>`,
    'button#t',
  ],
  'a button that changes a style': [`<button id="t" onclick="this.style.color = 'red'">red</button>`, 'button#t'],
  'a button that changes a text after a while': [
    `<button id="t" onclick="setTimeout(() => (this.firstChild.data = 'done'), 300)">later</button>`,
    'button#t',
  ],
  'a button that asks the server': [`<button id="t" onclick="fetch('/api/ok')">ask</button>`, 'button#t'],
  'a button that asks by XMLHttpRequest': [
    `<button id="t" onclick="const r = new XMLHttpRequest(); r.open('GET', '/api/ok'); r.send()">ask</button>`,
    'button#t',
  ],
  'a button that changes the route': [
    `<button id="t" onclick="history.pushState({}, '', '/b')">b</button>`,
    'button#t',
  ],
  'a button that changes only the query': [
    `<button id="t" onclick="history.replaceState({}, '', '?sort=price')">sort</button>`,
    'button#t',
  ],
  'a button that scrolls': [
    '<button id="t" onclick="window.scrollTo(0, 500)">down</button><p style="height: 3000px">',
    'button#t',
  ],
  'a link to a place of the page': ['<a id="t" href="#below">below</a><p style="height: 3000px"><p id="below">', 'a#t'],
  'a button that sets the focus': [`<button id="t" onclick="f.focus()">find</button><input id="f">`, 'button#t'],
  'a button that fills a field': [
    `<button id="t" onclick="f.value = '1'; f.dispatchEvent(new Event('input', { bubbles: true }))">1</button><input id="f">`,
    'button#t',
  ],
  'a button that opens a dialog': [
    '<button id="t" onclick="d.showModal()">open</button><dialog id="d">hello</dialog>',
    'button#t',
  ],
  'a summary': ['<details><summary id="t">more</summary><p>text</p></details>', 'summary#t'],
  'a button that opens a popover': ['<button id="t" popovertarget="p">p</button><p id="p" popover>hi</p>', 'button#t'],
  'a button that plays a sound': [
    `<button id="t" onclick="v.dispatchEvent(new Event('play'))">play</button><audio id="v"></audio>`,
    'button#t',
  ],
  'a button that copies': [
    `<button id="t" onclick="getSelection().selectAllChildren(p); document.execCommand('copy')">copy</button><p id="p">text</p>`,
    'button#t',
  ],
  'a plain text': ['<p id="t">text</p>', 'p#t'],
};

// At the same time, each in a tab of its own: every one of them takes the second that a dead click takes.
describe('#31 not dead', { concurrency: 4 }, () => {
  const fixtures = new Map();
  let site;
  let context;
  before(async () => {
    const byPath = Object.fromEntries([...fixtures].map(([path, body]) => [path, watched(body)['/']]));
    site = await openSite({ ...byPath, '/next': '<p>next</p>', '/api/ok': '{}' });
    context = await browser.newContext();
  });
  after(async () => {
    await context.close();
    await site.close();
  });

  /** Clicks like `act`, and finds no frustration once the agent knows what the clicks on the element were. */
  function alive(name, body, selector, { clicks, act = (page) => page.click('#t') } = {}) {
    const path = `/fixture/${fixtures.size}`;
    fixtures.set(path, body);
    test(`#31 ${name}`, async () => {
      const page = await context.newPage();
      await page.goto(site.origin + path, { waitUntil: 'load' });
      await settled(page);
      await act(page);
      await decided(page, selector, clicks);
      assert.deepEqual(await frustrations(page), []);
      await page.close();
    });
  }

  for (const [name, [body, selector]] of Object.entries(ALIVE)) alive(`a click on ${name} is not dead`, body, selector);

  alive(
    'a double click and a triple click that select are neither dead nor rage',
    '<p id="t" role="button">a word of it</p>',
    'p#t',
    {
      clicks: 5,
      act: async (page) => {
        await page.dblclick('#t');
        await page.click('#t', { clickCount: 3 });
      },
    },
  );
  alive('a click with a modifier is not dead', '<button id="t">t</button>', 'button#t', {
    act: (page) => page.click('#t', { modifiers: ['Shift'] }),
  });
  alive('a click that only wakes the window up is not dead', '<button id="t">t</button>', 'button#t', {
    act: async (page) => {
      // Playwright keeps every page focused: the window says itself that it came to the front.
      await page.evaluate(() => addEventListener('pointerdown', () => dispatchEvent(new FocusEvent('focus'))));
      await page.click('#t');
    },
  });
});

test('#31 a click that leads to another page is not dead', () =>
  visiting(browser, watched('<a id="t" href="/next">next</a>'), async ({ page, receiver }) => {
    await settled(page);
    await page.click('#t');
    await page.waitForURL('**/next');
    await arrived(receiver, 'browser.user_action.click', 'limen.agent', 'limen.view');
    assert.deepEqual(receiver.events('limen.frustration'), []);
  }));
