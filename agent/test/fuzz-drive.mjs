// Drives a fuzzed visit with a real mouse and keyboard, and tells everything the page and its console saw of it.
import { readFile } from 'node:fs/promises';
import { plan } from './fuzz-plan.mjs';
import { openSite } from './site.mjs';

const read = (name) => readFile(new URL(name, import.meta.url), 'utf8');
const VIEWPORT = { width: 900, height: 700 };

const body = `
  <header><h1 id="title">Fuzzed</h1><nav>
    <a id="home" data-thing href="/">home</a> <a id="to-list" data-thing href="/route/1?from=nav">list</a>
    <a id="to-part" data-thing href="#part2">part</a> <a id="to-nothing" data-thing href="javascript:void 0">nothing</a>
  </nav></header>
  <form id="form" action="/submit" method="post">
    <label id="label" for="name" data-thing>name</label>
    <input id="name" name="name" data-thing data-types> <input id="word" type="password" data-thing data-types>
    <input id="number" type="number" data-thing data-types> <input id="tick" type="checkbox" data-thing>
    <input id="one" type="radio" name="r" data-thing> <input id="two" type="radio" name="r" data-thing>
    <textarea id="text" data-thing data-types></textarea>
    <button id="submit" data-thing>submit</button> <button id="reset" type="reset" data-thing>reset</button>
  </form>
  <div id="editable" contenteditable data-thing data-types>edit me</div>
  <details id="more" data-thing><summary id="summary" data-thing>more</summary><p>and more</p></details>
  <button id="ask" data-thing>ask</button> <button id="ask-twice" data-thing>ask twice</button>
  <button id="throws" data-thing>throws</button> <button id="disabled" disabled data-thing>disabled</button>
  <button id="busy" data-thing>busy</button>
  <svg id="drawing" width="60" height="20" data-thing><rect id="rect" width="60" height="20"></rect></svg>
  <main id="main"></main><p id="part1" style="margin-top: 400px">one</p><p id="part2">two</p><p id="part3">three</p>`;

/** Handlers like those of an application; they run with the page's own functions, overridden or not. */
function application() {
  const at = (id) => document.getElementById(id);
  history.scrollRestoration = 'manual';
  const ask = async (path) => (at('main').dataset.last = await (await fetch(path)).text());
  addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href^="/"]');
    if (!link) return;
    event.preventDefault();
    history.pushState({ link: link.id }, '', link.getAttribute('href'));
  });
  at('form').addEventListener('submit', (event) => {
    event.preventDefault();
    fuzz.pending = ask('/api/echo?submitted');
  });
  at('ask').onclick = () => void (fuzz.pending = ask('/api/ok'));
  at('ask-twice').onclick = async () => {
    fuzz.pending = ask('/api/ok').then(() => ask('/api/stream'));
    await fuzz.pending;
  };
  at('throws').onclick = function thrower() {
    throw new RangeError('page: in a click');
  };
  at('busy').onclick = () => {
    const until = Date.now() + 60;
    while (Date.now() < until);
  };
}

const HIDE_NAVIGATION = `<script>Object.defineProperty(globalThis, 'navigation', { value: undefined })</script>`;

const pageOf = (attributes, other, navigationApi) => (_request, response) =>
  response
    .setHeader('content-type', 'text/html; charset=utf-8')
    .end(
      `<!doctype html><html data-other="${other}"><head><title>fuzz</title><link rel="icon" href="data:,">` +
        `<style>html { overflow-anchor: none; } * { animation: none; font: 16px monospace } select { pointer-events: none }</style>` +
        `<script>globalThis.ownNavigation = navigation</script>${navigationApi ? '' : HIDE_NAVIGATION}` +
        `<script src="/switched.js" data-key="test-key" data-service="fuzz" ${attributes}></script></head><body>${body}` +
        `<script type="module" src="/fuzz-page.mjs"></script><script type="module">(${application})()</script></body></html>`,
    );

const script = (source) => (_request, response) =>
  response.setHeader('content-type', 'text/javascript; charset=utf-8').end(source);

async function echo(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { 'x-page': own, 'content-type': type, accept } = request.headers;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ method: request.method, url: request.url, own, type, accept, body: chunks.join('') }));
}

const inParts = (parts, end) => async (_request, response) => {
  // Without sniffing, headers arrive before a body worth looking at.
  response.writeHead(200, { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' });
  for (const part of parts) {
    response.write(part);
    await new Promise((done) => setTimeout(done, 5));
  }
  end?.(response);
};

/** One site for both visits, so that all addresses are the same; `agent.on` decides what its script tag gets. */
export async function openFuzzSite({ attributes, navigationApi = true }) {
  const agent = { on: true };
  const source = await read('../dist/limen.js');
  const modules = ['fuzz-page', 'fuzz-dom', 'fuzz-requests', 'fuzz-upsets'].map((name) => `${name}.mjs`);
  const texts = await Promise.all(modules.map((name) => read(name)));
  const site = await openSite({
    '/': (request, response) => pageOf(attributes, site.other, navigationApi)(request, response),
    '/switched.js': (request, response) => script(agent.on ? source : '/* no agent */')(request, response),
    ...Object.fromEntries(modules.map((name, index) => [`/${name}`, script(texts[index])])),
    '/frame': '<p>framed</p>',
    '/api/ok': (_request, response) => response.setHeader('content-type', 'text/plain').end('ok'),
    '/api/echo': echo,
    '/api/broken': (_request, response) => response.writeHead(503).end('broken'),
    '/api/empty': (_request, response) => response.writeHead(204).end(),
    '/api/redirect': (_request, response) => response.writeHead(302, { location: '/api/ok?redirected' }).end(),
    '/api/never': () => {},
    '/api/drip': inParts(['first drop']),
    '/api/stream': inParts(['one ', 'two ', 'three ', 'é'.repeat(3_000)], (response) => response.end()),
    '/api/cut': inParts(['half of'], (response) => response.destroy()),
    '/api/closed': (_request, response) => response.removeHeader('access-control-allow-origin') ?? response.end('no'),
  });
  return { ...site, agent };
}

/** Visits with a plan, and gives what there was to see. */
export async function fuzzedVisit(browser, site, { seed, count, withAgent }) {
  site.agent.on = withAgent;
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  const console = [];
  const uncaught = [];
  page.on('console', (message) => console.push(`${message.type()} ${message.text()}`));
  page.on('pageerror', (error) => uncaught.push(error.message));
  await page.goto(site.origin, { waitUntil: 'load' });
  // Asked by the protocol itself: the page may have overridden what a library's own evaluation relies on.
  const protocol = await context.newCDPSession(page);
  const evaluate = async (expression) => {
    const asked = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await protocol.send('Runtime.evaluate', asked);
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
    return result.value;
  };
  const running = await evaluate('typeof Limen');
  for (const act of plan(seed, count)) await perform(page, evaluate, act);
  const looks = await evaluate('fuzz.look()');
  const lines = await evaluate('fuzz.lines');
  await context.close();
  return { running, lines, looks, console: console.sort(), uncaught: uncaught.sort() };
}

async function perform(page, evaluate, { name, number, byHand }) {
  if (!byHand) return evaluate(`fuzz.act('${name}', ${number})`);
  const point =
    name === 'clickPoint'
      ? { x: number % VIEWPORT.width, y: (number >>> 10) % VIEWPORT.height }
      : JSON.parse(await evaluate(`fuzz.pointOf(${number})`));
  await evaluate(`fuzz.lines.push('${name} ${point.x} ${point.y}')`);
  await page.mouse.click(point.x, point.y);
  await evaluate('fuzz.settle()');
  for (const key of name === 'typeText' ? `7a${number % 10}` : '') {
    await page.keyboard.press(key);
    await evaluate('fuzz.settle()');
  }
}
