// Serves pages that are measured twice, on two origins, and a browser whose tabs are hidden as those of a person.
import { build } from 'esbuild';
import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { launch } from 'puppeteer-core';

const folder = fileURLToPath(new URL('.', import.meta.url));

const bundle = async (name) =>
  (await build({ entryPoints: [`${folder}${name}`], bundle: true, write: false, format: 'iife', logLevel: 'error' }))
    .outputFiles[0].text;

/** The pages and a browser; `visiting` runs a visit in a profile of its own, with a second tab to hide the first. */
export async function openLab(pages) {
  const browser = await openTabs();
  const site = await openPages(pages);
  return {
    ...site,
    async visiting(path, visit) {
      const context = await browser.createBrowserContext();
      try {
        const elsewhere = await context.newPage();
        const page = await context.newPage();
        if (path) await page.goto(site.origin + path, { waitUntil: 'load' });
        return await visit(page, elsewhere);
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** Puppeteer does not pretend that a tab in the background is visible, and leaves the back/forward cache on. */
function openTabs() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(`no Chromium at ${executablePath}: install it, or name it in the variable CHROMIUM`);
  }
  return launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--window-size=1000,800'],
    defaultViewport: null,
  });
}

/** `pages` is { '/path': html or (request, response) => … }; `late` is a picture that waits for a while. */
async function openPages(pages) {
  const scripts = { '/both.js': await bundle('both.js'), '/soft.js': await bundle('soft.js') };
  /** By path: the body of its last request. */
  const seen = new Map();
  const requested = new EventEmitter();
  const picture = noise(300, 200);
  const handle = async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const send = (type, body) => response.setHeader('content-type', type).end(body);
    if (scripts[url.pathname]) return send('text/javascript', scripts[url.pathname]);
    const wait = Number(url.searchParams.get('millis'));
    if (url.pathname === '/late.bmp') return setTimeout(send, wait, 'image/bmp', picture);
    seen.set(url.pathname, await text(request));
    requested.emit('request');
    const page = pages[url.pathname];
    if (typeof page === 'function') return page(request, response);
    if (page === undefined) return response.writeHead(404).end();
    return send('text/html; charset=utf-8', page);
  };
  const servers = [createServer(handle), createServer(handle)];
  for (const server of servers) await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [origin, other] = servers.map((server) => `http://127.0.0.1:${server.address().port}`);
  return {
    origin,
    other,
    /** Waits until somebody has asked for this path, and returns what came with it. */
    async asked(path) {
      while (!seen.has(path)) await once(requested, 'request');
      return seen.get(path);
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** A bitmap of noise: browsers do not count pictures with next to nothing in them. */
function noise(width, height) {
  const bytes = Buffer.alloc(54 + width * height * 3);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.set([54], 10);
  bytes.set([40], 14);
  bytes.writeUInt32LE(width, 18);
  bytes.writeUInt32LE(height, 22);
  bytes.set([1, 0, 24], 26);
  let state = 1;
  for (let i = 54; i < bytes.length; i++) {
    state = (state * 48_271) % 2_147_483_647;
    bytes[i] = state;
  }
  return bytes;
}
