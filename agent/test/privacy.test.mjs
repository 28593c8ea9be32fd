// Nothing private leaves: a secret stands in every place a page can hold one, and everything that leaves is searched.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { leave, openBrowser, started } from './browser.mjs';
import { ask, elements, resources, tell } from './privacy-page.mjs';
import { SHAPES, createBook } from './privacy-secrets.mjs';
import { openSite } from './site.mjs';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const POLICY = (other) => `object-src 'none'; script-src 'self' 'unsafe-inline' blob:; frame-src 'self' ${other}`;
const WATCH_ALL = 'data-console="error,warn,log" data-reports data-user-timing';

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

/** Serves one page for all addresses that are no file, whatever secrets their paths hold. */
async function openShop(pageOf) {
  const answer =
    (type, body, headers = {}) =>
    (_request, response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      response.setHeader('content-type', type).end(body);
    };
  const files = {
    img: answer('image/png', PIXEL),
    big: answer('image/png', PIXEL),
    css: answer('text/css', 'h1 { color: black }'),
    js: answer('text/javascript', 'globalThis.loaded = true'),
    frame: answer('text/html', '<p>framed</p>'),
    missing: (_request, response) => response.writeHead(404).end(),
  };
  return openSite(new Proxy({}, { get: (_target, path) => files[path.split('/')[1]] ?? pageOf }));
}

/** All that has left for the receiver: addresses, headers and bodies. */
const everything = ({ bodies }) => bodies.map(({ url, headers, text }) => `${url} ${JSON.stringify(headers)} ${text}`);

/** All that the browser keeps, besides what the page itself has put there. */
const keptByUs = (page) =>
  page.evaluate(async () => {
    const all = [localStorage, sessionStorage].flatMap((store) => Object.entries(store));
    const kept = all.filter(([name]) => name.startsWith('limen'));
    const databases = await indexedDB.databases();
    return JSON.stringify([kept, databases, await caches.keys()]);
  });

/** Messages as real programs write them, with a secret of each shape and after each telling name. */
function messages({ plant, shapes }, place) {
  const told = Object.entries(shapes(place)).map(([kind, secret]) => `no account for ${secret}, said the ${kind}`);
  const named = [
    'password=',
    'token: ',
    'api_key="',
    'Authorization: Bearer ',
    '"secret":"',
    'sessionId=',
    'cookie: sid=',
  ].map((name) => `request failed with ${name}${plant(`${place} after ${name}`)}"`);
  const host = `https://${plant(`user in a URL of ${place}`)}:${plant(`password in a URL of ${place}`)}@api.example.com`;
  const path = SHAPES.filter((kind) => kind !== 'card')
    .map((kind) => plant(`path of a URL in ${place}`, kind))
    .join('/');
  const url = `could not load ${host}/v2/${path}/x?reset=${plant(`query of a URL in ${place}`)}#${plant(`fragment of a URL in ${place}`)}`;
  return [
    ...told,
    ...named,
    url,
    `bad image data:image/png;base64,${plant(`data URL in ${place}`)}`,
    cutAnywhere(plant, place),
  ];
}

/** So many addresses that wherever the text is cut, it is cut inside one. */
function cutAnywhere(plant, place) {
  const [name, host] = plant(`an e-mail address that is cut, ${place}`, 'email').split('@');
  return `${name}@${'long.'.repeat(12)}${host} `.repeat(200);
}

function stacks({ plant, shapes }) {
  const { card: _card, ...inPath } = shapes('path in a stack');
  const file = `app/${Object.values(inPath).join('/')}/main.js`;
  const frame = `https://user:${plant('password in a stack')}@cdn.example.com/${file}?v=${plant('query in a stack')}#${plant('fragment in a stack')}:10:20`;
  return [
    `Error: ${plant('message line of a stack', 'email')}\n    at run (${frame})\n    at ${frame}`,
    `run@${frame}\n@blob:https://a.example/${plant('blob URL in a stack', 'uuid')}:1:2`,
    `Error\n    at eval (data:text/javascript;base64,${plant('data URL in a stack')}:1:2)`,
  ];
}

/** Everything `tell` and `ask` need, by where it goes. */
function secretsFor(book) {
  const { plant, shapes } = book;
  const single = {
    title: 'document.title', windowName: 'window.name', cookie: 'cookie', local: 'localStorage', session: 'sessionStorage',
    sessionKey: 'a name in sessionStorage', state: 'history.state', user: 'setUser', context: 'setContext', attribute: 'custom attribute',
    attributeName: 'name of a custom attribute', consoleObject: 'object in the console', inner: 'field of an error', detail: 'detail of a measure',
    body: 'body of a request', header: 'header of a request', credential: 'credentials of XMLHttpRequest', message: 'postMessage',
  }; // prettier-ignore
  const urlOf = (place) =>
    `/api/${Object.values(shapes(`path of ${place}`)).map(encodeURIComponent).join('/')}?q=${plant(`query of ${place}`)}&${encodeURIComponent(plant(`name in the query of ${place}`, 'email'))}=1#${plant(`fragment of ${place}`)}`; // prettier-ignore
  return {
    ...Object.fromEntries(Object.entries(single).map(([name, place]) => [name, plant(place)])),
    hash: `/users/${plant('fragment')}?token=${plant('query in the fragment')}`,
    names: shapes('name of a view, an event, a timing or a transaction'),
    variants: shapes('key or variant of a flag'),
    texts: {
      message: messages(book, 'an error message or the console'),
      cause: [0, 1, 2].map(
        (depth) => `cause ${plant(`cause ${depth} of an error`, 'email')} token=${plant(`token in cause ${depth}`)}`,
      ),
      stack: stacks(book),
      thrown: [0, 1, 2].map(
        (index) =>
          `thrown for ${plant(`thrown value ${index}`, 'email')}, card ${plant(`thrown value ${index}`, 'card')}`,
      ),
      measure: Object.values(shapes('name of a measure')).map((secret) => `render ${secret}`),
    },
    route: [
      urlOf('a route').replace('/api', '/users'),
      `/plain?q=${plant('query of a route')}#${plant('fragment of a route')}`,
    ],
    urls: [urlOf('a request')],
  };
}

async function clickEverything(page) {
  for (const element of await page.locator('[data-click]').all()) {
    // Straight to the element: what covers what does not matter here.
    await element.scrollIntoViewIfNeeded();
    const box = await element.boundingBox();
    if (!box) continue;
    await page.mouse.click(box.x + Math.min(box.width, 30) / 2, box.y + box.height / 2);
    const typed = await element.getAttribute('data-type');
    if (typed) await page.keyboard.type(typed);
  }
}

/** Links and forms stay here, and marked buttons take long enough for the browser to tell of it. */
function keepHere() {
  addEventListener('click', (event) => event.target.closest?.('a, form') && event.preventDefault());
  addEventListener('submit', (event) => event.preventDefault());
  for (const button of document.querySelectorAll('[data-busy]'))
    button.onclick = () => {
      const until = Date.now() + 70;
      while (Date.now() < until);
      document.getElementById('h1').style.marginTop = `${Math.round(Date.now() % 50)}px`;
    };
  customElements.define(
    'x-secret',
    class extends HTMLElement {
      connectedCallback() {
        this.attachShadow({ mode: 'open' }).innerHTML = '<button>shadow</button>';
      }
    },
  );
}

const SEEN =
  'limen.view session.start browser.navigation browser.web_vital browser.resource_timing browser.long_animation_frame exception browser.user_action.click limen.transaction browser.console limen.report feature_flag.evaluation own.event';

/** The page with all secrets, its addresses, and what it does. */
function plantPage(book, site) {
  const { plant, shapes } = book;
  const pathOf = (place) => Object.values(shapes(place)).map(encodeURIComponent).join('/');
  const odd = encodeURIComponent(plant('name in the query of the document', 'email'));
  const title = plant('title');
  const body = resources(book, site.other) + elements(book);
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY(site.other),
      'referrer-policy': 'unsafe-url',
      'set-cookie': `httponly=${plant('HttpOnly cookie')}; HttpOnly`,
      'server-timing': `db;desc="${plant('Server-Timing')}", traceparent;desc="${plant('Server-Timing traceparent')}"`,
      'x-user': plant('header of an answer'),
    },
    html:
      `<!doctype html><html><head><title>${title}</title><link rel="icon" href="data:,">` +
      `<script src="/limen.js" data-key="test-key" ${WATCH_ALL}></script></head>` +
      `<body>${body}<script>(${keepHere})()</script></body></html>`,
    before: `/before/${pathOf('path of the referrer')}?q=${plant('query of the referrer')}#${plant('fragment of the referrer')}`,
    here: `/reset/${pathOf('path of the document')}?token=${plant('query of the document')}&${odd}=1#access_token=${plant('fragment of the document')}`,
    secrets: secretsFor(book),
  };
}

test('no secret leaves, wherever in a page it stands', async (context) => {
  const book = createBook();
  const site = await openShop((_request, response) => {
    for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value);
    response.end(page.html);
  });
  const page = plantPage(book, site);
  context.diagnostic(`${book.planted.length} secrets`);
  try {
    const tab = await (await browser.newContext()).newPage();
    await tab.goto(site.origin + page.before, { waitUntil: 'load' });
    await started(tab);
    await Promise.all([tab.waitForURL(/\/reset\//), tab.evaluate((url) => void (location.href = url), page.here)]);
    await tab.waitForLoadState('load');
    await started(tab);
    assert.match(
      await tab.evaluate(() => document.referrer),
      /before.*q=SECRET/,
      'the page knows where its visitor was',
    );
    await clickEverything(tab);
    await tab.evaluate(`(${tell})(${JSON.stringify(page.secrets)})`);
    await tab.evaluate(`(${ask})(${JSON.stringify(page.secrets)}, ${JSON.stringify(site.other)})`);
    const kept = await keptByUs(tab);
    await tab.evaluate(() => Limen.event('own.last'));
    await leave(tab);
    await site.receiver.until('the last event', (r) => r.events('own.last'));
    const names = new Set(site.receiver.events().map(({ name }) => name));
    const unseen = SEEN.split(' ').filter((name) => !names.has(name));
    assert.deepEqual(unseen, [], 'each kind of record was there to be searched');
    assert.ok(site.receiver.spans().some(({ kind }) => kind === 3));
    const leaks = book.leaks([...everything(site.receiver), kept]);
    assert.equal(leaks.length, 0, `${leaks.length} of ${book.planted.length} secrets have left:\n${leaks.join('\n')}`);
  } finally {
    await site.close();
  }
});

/** A small page with its own options; `run` does something there, and what has left is given back. */
async function smallVisit(options, body, run, path = '/') {
  const site = await openShop((_request, response) =>
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>t</title><link rel="icon" href="data:,">
      <script src="/limen.js" data-key="test-key" ${options}></script><body>${body}`),
  );
  try {
    const tab = await (await browser.newContext()).newPage();
    await tab.goto(site.origin + path, { waitUntil: 'load' });
    await started(tab);
    const result = await run(tab, site);
    await tab.evaluate(() => Limen.event('own.last'));
    await leave(tab);
    await site.receiver.until('the last event', (r) => r.events('own.last') && r.events('own.last').length > 0);
    return { receiver: site.receiver, result, origin: site.origin };
  } finally {
    await site.close();
  }
}

test('what leaves is searched in every form it may have: the search finds planted leaks', async () => {
  const book = createBook();
  const leaked = ['word', ...SHAPES].map((kind) => book.plant('a leak', kind));
  book.plant('kept');
  const forms = [
    (text) => `{"a":"${text}"}`,
    (text) => `?q=${encodeURIComponent(text)}`,
    (text) => Buffer.from(`${text}, and more`).toString('base64'),
  ];
  for (const form of forms) assert.equal(book.leaks(leaked.map(form)).length, leaked.length);
  assert.deepEqual(book.leaks(['nothing here']), []);
});

test('values of allowed query parameters leave, and no others', async () => {
  const book = createBook();
  const { receiver } = await smallVisit(
    'data-allow-query="page utm_source"',
    '',
    (tab) =>
      tab.evaluate(
        async (secret) => void (await fetch(`/api/x?page=3&Page=${secret}&pages=${secret}&%70age2=${secret}`)),
        book.plant('query that is not allowed'),
      ),
    `/?utm_source=letter&utm_medium=${book.plant('query of the document that is not allowed')}`,
  );
  const [view] = receiver.views();
  assert.match(view.at['browser.document.url.full'], /\?utm_source=letter&utm_medium=$/);
  assert.match(receiver.spans('GET')[0].at['url.full'], /\?page=3&Page=&pages=&page2=$/);
  assert.deepEqual(book.leaks(everything(receiver)), []);
});

test('allowed custom attributes leave with everything they are given to, and no others', async () => {
  const book = createBook();
  const { receiver } = await smallVisit('data-allow-attributes="plan,step"', '', (tab) =>
    tab.evaluate((secret) => {
      const given = { plan: 'gold', step: 2, note: secret, Plan: secret, plans: [secret] };
      Limen.event('own.event', given);
      Limen.error(new Error('own'), given);
      Limen.transaction('checkout', 'success', given);
      Limen.timing('own.timing', 5, given);
      Limen.setContext({ plan: 'silver', tenant: secret });
      Limen.event('own.context');
    }, book.plant('attribute that is not allowed')),
  );
  for (const name of ['own.event', 'exception', 'limen.transaction']) {
    const [{ at }] = receiver.events(name);
    assert.deepEqual([at.plan, at.step], ['gold', 2], name);
  }
  assert.equal(receiver.events('own.context')[0].at.plan, 'silver');
  assert.deepEqual(book.leaks(everything(receiver)), []);
});

test("the user's id leaves only where it is allowed", async () => {
  for (const [options, expected] of [
    ['data-allow-user', 'ada-1'],
    ['', undefined],
  ]) {
    const { receiver, result } = await smallVisit(options, '', async (tab) => {
      await tab.evaluate(() => Limen.setUser('ada-1'));
      return keptByUs(tab);
    });
    assert.equal(receiver.events('own.last')[0].at['user.id'], expected);
    assert.doesNotMatch(result, /ada-1/, 'it is never kept');
    if (!expected) assert.doesNotMatch(everything(receiver).join(), /ada-1/);
  }
});

test('names and texts the developer has allowed name a click, and the rest of the page stays', async () => {
  const book = createBook();
  const { plant } = book;
  const body = `<button id="named" data-limen-name="buy now">${plant('text of a named button')}</button>
    <button id="allowed" data-limen-allow>Pay  by card</button><button id="other">${plant('text of another button')}</button>
    <div data-limen-mask><button data-limen-allow id="hidden-by-mask">${plant('text that is allowed inside a mask')}</button></div>`;
  const clickAll = async (tab) => {
    for (const button of await tab.locator('button').all()) await button.click();
  };
  const namesOf = ({ receiver }) =>
    receiver.events('browser.user_action.click').map(({ at }) => at['limen.action.name']);
  const usual = await smallVisit('', body, clickAll);
  assert.deepEqual(namesOf(usual).sort(), ['Pay by card', 'button', 'button#other', 'buy now']);
  assert.deepEqual(book.leaks(everything(usual.receiver)), []);
  const texts = await smallVisit('data-allow-text', '<button>Add to cart</button>', clickAll);
  assert.deepEqual(namesOf(texts), ['Add to cart']);
});

test('a route in the fragment leaves only where fragments are routes, without its query', async () => {
  const book = createBook();
  const email = book.plant('path in the fragment', 'email');
  const fragment = `#/orders/${email}/items?token=${book.plant('query in the fragment')}`;
  const go = (tab) => tab.evaluate((fragment) => void (location.hash = fragment), fragment);
  const routed = await smallVisit('data-hash-routes', '', go);
  const urls = routed.receiver.views().map(({ at }) => at['browser.document.url.full']);
  assert.ok(urls.includes(`${routed.origin}/#/orders/:redacted/items`), `${urls}`);
  assert.deepEqual(book.leaks(everything(routed.receiver)), []);
});

test('what waits for a better network is as clean as what leaves', async () => {
  const book = createBook();
  const secrets = [book.plant('message', 'email'), book.plant('query')];
  const { result, receiver } = await smallVisit('data-offline data-console="error"', '', async (tab, { origin }) => {
    await tab.context().setOffline(true);
    await tab.evaluate(([message, query]) => {
      history.pushState({}, '', `/offline?q=${query}`);
      console.error(`failed for ${message}`);
      Limen.error(new Error(`failed for ${message}`));
      Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    }, secrets);
    const kept = await keptByUs(tab);
    await tab.context().setOffline(false);
    await tab.goto(origin);
    await started(tab);
    return kept;
  });
  const unpacked = result.replace(/H4sI[\w+/=]+/g, (packed) => gunzipSync(Buffer.from(packed, 'base64')));
  assert.match(unpacked, /limen\.queue.*failed for :redacted/, 'there was something to wait');
  assert.deepEqual(book.leaks(everything(receiver)), []);
  assert.deepEqual(book.leaks([result, unpacked]), []);
});

test('with storage none, nothing is kept', async () => {
  const { result } = await smallVisit('data-storage="none"', '', async (tab) => {
    await tab.evaluate(() => {
      Limen.setUser('ada');
      Limen.transaction('checkout', 'start');
    });
    return keptByUs(tab);
  });
  assert.equal(result, '[[],[],[]]');
});
