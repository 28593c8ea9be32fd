// Plays the receivers of all contestants on one address, each answering as its real one, and counts what arrives.
import { createServer } from 'node:http';

const QUIET_MILLIS = 1200;
const PATIENCE_MILLIS = 20_000;
const MEBI = 1 << 20;

/** How the real receivers answer, by the beginning of the path. */
const DOORS = [
  { path: '/v1/rum', status: 200, body: '{}', maxAge: 7200 },
  { path: '/v1/traces', status: 200, body: '{"partialSuccess":{}}' },
  { path: '/intake/v2/rum/events', status: 202, body: '', maxAge: 3600 },
  { path: '/intake/v3/rum/events', status: 202, body: '', maxAge: 3600 },
  { path: '/config/v1/rum/agents', status: 200, body: '{}', maxAge: 3600, settings: true },
  { path: '/proxy', status: 202, body: '{"request_id":"11111111-2222-3333-4444-555555555555"}' },
  { path: '/api/1/envelope/', status: 200, body: '{}' },
  { path: '/collect', status: 202, body: '' },
];

export async function openReceiver() {
  let kept = newVisit();
  let open = 0;
  let lastAt = performance.now();

  const server = createServer(async (request, response) => {
    open += 1;
    const visit = kept;
    try {
      await take(request, response, visit);
    } finally {
      open -= 1;
      lastAt = performance.now();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** Forgets what came before. */
    begin: () => (kept = newVisit()),
    /** All that this visit sent, once nothing has come for a while: what a page sends as it goes takes its time. */
    async silent() {
      const begun = (lastAt = performance.now());
      for (;;) {
        const left = lastAt + QUIET_MILLIS - performance.now();
        if (open === 0 && left <= 0) return kept;
        if (performance.now() - begun > PATIENCE_MILLIS) throw new Error('the receiver does not fall silent');
        await new Promise((resolve) => setTimeout(resolve, Math.max(left, 20)));
      }
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

const newVisit = () => ({ posts: [], preflights: 0, headerBytes: 0, bodyBytes: 0, strangers: [], broken: 0 });

async function take(request, response, visit) {
  const door = DOORS.find(({ path }) => request.url.startsWith(path));
  visit.headerBytes += headerBytesOf(request);
  allow(request, response, door);
  if (request.method === 'OPTIONS') {
    visit.preflights += 1;
    response.writeHead(204).end();
    return;
  }
  const chunks = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    // The page went while it sent: a real receiver would not have it either.
    visit.broken += 1;
    return;
  }
  const body = Buffer.concat(chunks);
  visit.bodyBytes += body.length;
  if (!door || body.length > MEBI) visit.strangers.push(`${request.method} ${request.url}`);
  visit.posts.push({ url: request.url, headers: request.headers, body, settings: door?.settings === true });
  response.writeHead(door?.status ?? 404, { 'content-type': 'application/json' }).end(door?.body);
}

function allow(request, response, door) {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*');
  // Without an age browsers ask again after five seconds.
  if (door?.maxAge) response.setHeader('access-control-max-age', door.maxAge);
}

/** As written in HTTP/1.1; other versions pack them. */
function headerBytesOf({ method, url, rawHeaders }) {
  const fields = rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return `${method} ${url} HTTP/1.1\r\n`.length + fields + rawHeaders.length * 2 + 2;
}
