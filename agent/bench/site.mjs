// Serves the benchmark's page with its pictures and its API, with one contestant's script in it or none.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { crc32, pictureOf } from './picture.mjs';

const API_MILLIS_MIN = 15;
const API_MILLIS_SPREAD = 50;
const PICTURES = 12;

/** `scripts` maps a contestant's name to the text of its script. */
export async function openSite(scripts, receiverOrigin) {
  const page = await readFile(new URL('pages/index.html', import.meta.url), 'utf8');
  const files = {
    '/app.js': await readFile(new URL('pages/app.js', import.meta.url)),
    '/vitals.js': await readFile(new URL('pages/vitals.js', import.meta.url)),
  };
  const pictures = new Map([['hero', pictureOf(960, 280, 1)]]);
  for (let number = 0; number < PICTURES; number += 1) pictures.set(`${number}`, pictureOf(80, 60, number + 2));
  const visit = { contestant: undefined, think: 0, vitals: false, asked: 0, strangers: [] };

  const answers = {
    '/': (_request, response) => send(response, 'text/html; charset=utf-8', write(page, visit, receiverOrigin)),
    // Where a visit begins, so that measuring is set up in the process that will show the page.
    '/blank': (_request, response) =>
      send(response, 'text/html; charset=utf-8', '<!doctype html><link rel="icon" href="data:,"><title>x</title>'),
    '/agent.js': (_request, response) => send(response, 'text/javascript', scripts.get(visit.contestant.name)),
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    request.resume();
    if (url.pathname.startsWith('/api/')) {
      visit.asked += 1;
      setTimeout(() => send(response, 'application/json', JSON.stringify(answer(url))), delayOf(url));
    } else if (url.pathname.startsWith('/image/')) {
      send(response, 'image/png', pictures.get(url.pathname.slice(7, -4)));
    } else if (files[url.pathname]) send(response, 'text/javascript', files[url.pathname]);
    else if (answers[url.pathname]) answers[url.pathname](request, response);
    else {
      // A script that fetches further parts of itself would be measured without them.
      visit.strangers.push(url.pathname);
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    visit,
    /** From now on the page has this script in it. */
    offer: (contestant, { think, vitals = false }) =>
      Object.assign(visit, { contestant, think, vitals, asked: 0, strangers: [] }),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function write(page, { contestant, think, vitals }, receiverOrigin) {
  const observer = vitals ? '<script src="/vitals.js"></script>' : '';
  const data = contestant?.data?.(receiverOrigin) ?? { receiver: receiverOrigin };
  const attributes = Object.entries(data).map(([name, value]) => `data-${name}="${value}"`);
  const tag = contestant?.script ? `<script defer src="/agent.js" ${attributes.join(' ')}></script>` : '';
  return page.replace('<html', `<html data-think="${think}"`).replace('<!-- agent -->', observer + tag);
}

function send(response, type, body) {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

/** The same request takes the same time in every visit. */
const delayOf = (url) => API_MILLIS_MIN + (crc32(Buffer.from(url.pathname + url.search)) % API_MILLIS_SPREAD);

function answer(url) {
  if (url.pathname === '/api/settings') return { text: 'Free delivery this week for orders over 50 €.' };
  if (url.pathname !== '/api/items') return { ok: true };
  const start = crc32(Buffer.from(url.search)) % 1000;
  const items = Array.from({ length: Number(url.searchParams.get('count')) }, (_, index) => ({
    id: start + index,
    name: `Article ${start + index}`,
    price: ((start + index) * 7) % 90,
    picture: (start + index) % PICTURES,
  }));
  return { items };
}
