// The page of the benchmark: a small shop whose routes, lists and requests are the same in every visit.
const ROUTES = 10;
const ITEMS = 60;
const BUSY_MILLIS = 60;
const thinkMillis = Number(document.documentElement.dataset.think);
const byId = (id) => document.getElementById(id);
let clicks = 0;

const link = (path, text) => Object.assign(document.createElement('a'), { href: path, textContent: text });
const button = (id, text) => Object.assign(document.createElement('button'), { id, textContent: text });

async function ask(path, options) {
  const response = await fetch(path, options);
  return response.json();
}

function askOld(path) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', path);
    request.onload = () => resolve(JSON.parse(request.responseText));
    request.onerror = reject;
    request.send();
  });
}

function showItems(items, append) {
  if (!append) byId('list').replaceChildren();
  for (const item of items) {
    const row = document.createElement('li');
    const picture = Object.assign(new Image(), { src: `/image/${item.picture}.png`, alt: '' });
    const price = Object.assign(document.createElement('b'), { textContent: `${item.price} €` });
    row.append(picture, link(`/product/${item.id}`, item.name), price);
    byId('list').append(row);
  }
}

/** Three requests: what the route shows, what goes with it, and the basket. */
async function openRoute(path) {
  const [items] = await Promise.all([
    ask(`/api/items?route=${encodeURIComponent(path)}&count=${ITEMS}`),
    ask(`/api/recommended?route=${encodeURIComponent(path)}`),
    ask('/api/basket'),
  ]);
  byId('heading').textContent = `Goods of ${path}`;
  showItems(items.items, false);
}

/** Work that a visitor feels: a long task, and so a long animation frame. */
function busy() {
  const end = performance.now() + BUSY_MILLIS;
  while (performance.now() < end) JSON.stringify(ROUTES);
}

const actions = {
  async like() {
    await ask('/api/like', { method: 'POST', body: JSON.stringify({ item: clicks }) });
    byId('heading').classList.toggle('liked');
    // An error that nobody catches, as a handler of a real page throws them.
    if (clicks === 8) setTimeout(() => brokenHandler());
    if (clicks === 11) busy();
  },
  async more() {
    const { items } = await askOld(`/api/items?more=${clicks}&count=6`);
    showItems(items, true);
    if (clicks === 18) Promise.reject(new TypeError('the basket has no such item'));
    // What a page asks in passing: eight of the ten rounds.
    if (clicks <= 24) await ask('/api/beat', { method: 'POST', body: '{}' });
  },
};

function brokenHandler() {
  throw new RangeError('quantity is out of stock');
}

const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const think = () => new Promise((resolve) => setTimeout(resolve, thinkMillis));

/** Tells where to click next once the page is at rest and its visitor has thought. */
async function rest(target) {
  await frame();
  await frame();
  await think();
  if (!target) return globalThis.benchNext?.(JSON.stringify({ done: true, clicks }));
  const { left, top, width, height } = target.getBoundingClientRect();
  globalThis.benchNext?.(JSON.stringify({ x: left + width / 2, y: top + height / 2 }));
}

/** Ten times: to another route, then "like", then "more". */
function targetAfter(count) {
  if (count >= ROUTES * 3) return undefined;
  if (count % 3 === 0) return byId('nav').querySelectorAll('a')[(count / 3) % 5];
  return byId(count % 3 === 1 ? 'like' : 'more');
}

async function clicked(work) {
  clicks += 1;
  await work();
  await rest(targetAfter(clicks));
}

byId('nav').addEventListener('click', (event) => {
  const anchor = event.target.closest('a');
  if (!anchor) return;
  event.preventDefault();
  const path = `${anchor.getAttribute('href')}/${clicks / 3 + 1}`;
  history.pushState(null, '', path);
  void clicked(() => openRoute(path));
});
for (const name of ['books', 'music', 'garden', 'kitchen', 'offers']) byId('nav').append(link(`/${name}`, name));

for (const [name, work] of Object.entries(actions)) {
  const made = button(name, name);
  made.addEventListener('click', () => void clicked(work));
  byId('nav').append(made);
}

async function begin() {
  const [{ text }, { items }] = await Promise.all([
    ask('/api/settings'),
    ask(`/api/items?route=home&count=${ITEMS / 2}`),
  ]);
  showItems(items, false);
  // Arrives above what is already there: the page shifts, as pages do.
  byId('banner').textContent = text;
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve));
  await rest(targetAfter(0));
}

// Faro takes only elements so marked for user actions.
for (const element of byId('nav').children) element.dataset.faroUserActionName = element.textContent;
void begin();
