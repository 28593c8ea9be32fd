// A small site on two origins, and the receiver that keeps what the agent sends to it.
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

const scriptPath = new URL('../dist/limen.js', import.meta.url);
const PATIENCE_MILLIS = 20_000;

/**
 * Serves `routes` ({ '/path': (request, response) => … | 'html' }) from a first origin, and an API that allows
 * everything from a second one. `requests` holds every request but those of the agent.
 */
export async function openSite(routes) {
  const receiver = createReceiver();
  const requests = [];
  const script = await readFile(scriptPath);
  const handle = async (request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    response.setHeader('access-control-expose-headers', 'Retry-After');
    if (request.method === 'OPTIONS') return response.writeHead(204).end();
    if (url.pathname.startsWith('/v1/')) return receiver.handle(request, response, url);
    requests.push({ method: request.method, url, headers: request.headers });
    if (url.pathname === '/limen.js') return response.setHeader('content-type', 'text/javascript').end(script);
    const route = routes[url.pathname];
    if (typeof route === 'function') return route(request, response, url);
    if (route === undefined) return response.writeHead(404).end('not here');
    response.setHeader('content-type', 'text/html; charset=utf-8').end(route);
  };
  // A page that goes may take a request with it.
  const serve = (request, response) =>
    handle(request, response).catch((error) => {
      if (!request.destroyed) throw error;
    });
  const servers = [createServer(serve), createServer(serve)];
  const origins = await Promise.all(
    servers.map(
      (server) =>
        new Promise((resolve) =>
          server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`)),
        ),
    ),
  );
  return {
    origin: origins[0],
    other: origins[1],
    receiver,
    requests,
    asked: (path) => requests.filter(({ url }) => url.pathname === path),
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** A page with the agent's tag; `data` are more attributes of the tag. */
export function html(body, { head = '', data = '' } = {}) {
  const tag = `<script async src="/limen.js" data-key="test-key" data-service="shop" data-release="1.2.3" data-environment="test" ${data}></script>`;
  return `<!doctype html><html><head><title>t</title><link rel="icon" href="data:,">${tag}${head}</head><body>${body}</body></html>`;
}

function createReceiver() {
  const arrived = new EventEmitter().setMaxListeners(0);
  const bodies = [];
  const answers = [];

  async function handle(request, response, url) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const packed = url.searchParams.get('enc') === 'gzip' || request.headers['content-encoding'] === 'gzip';
    const answer = answers.shift() ?? { status: 200 };
    const text = (packed ? gunzipSync(raw) : raw).toString('utf8');
    bodies.push({
      url,
      headers: request.headers,
      packed,
      bytes: raw.length,
      text,
      json: JSON.parse(text),
      status: answer.status,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end('{}');
    arrived.emit('body');
  }

  const accepted = () => bodies.filter(({ status }) => status === 200);
  const receiver = {
    bodies,
    handle,
    /** The next request gets this answer. */
    answerNext: (answer) => answers.push(answer),
    events: (name) =>
      accepted()
        .flatMap(({ json }) => eventsOf(json))
        .filter((event) => !name || event.name === name),
    spans: (name) =>
      accepted()
        .flatMap(({ json }) => spansOf(json))
        .filter((span) => !name || span.name === name),
    /** The newest state of every view. */
    views() {
      const newest = new Map();
      for (const event of receiver.events('limen.view')) {
        const before = newest.get(event.at['limen.view.id']);
        if (!before || before.at['limen.view.version'] < event.at['limen.view.version'])
          newest.set(event.at['limen.view.id'], event);
      }
      return [...newest.values()];
    },
    /** Waits until `ask` gives something, looking again whenever a body has arrived. */
    until: (what, ask) => waitFor(arrived, receiver, what, ask),
  };
  return receiver;
}

function waitFor(arrived, receiver, what, ask) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      arrived.off('body', look);
    };
    const look = () => {
      const found = ask(receiver);
      if (!found || (Array.isArray(found) && found.length === 0)) return;
      stop();
      resolve(found);
    };
    const timer = setTimeout(() => {
      stop();
      const names = [...receiver.events(), ...receiver.spans()].map(({ name }) => name);
      reject(new Error(`waited in vain for ${what}; there were: ${names}`));
    }, PATIENCE_MILLIS);
    arrived.on('body', look);
    look();
  });
}

function plain({ stringValue, boolValue, intValue, doubleValue, arrayValue }) {
  if (intValue !== undefined) return Number(intValue);
  if (arrayValue) return arrayValue.values.map(plain);
  return stringValue ?? boolValue ?? doubleValue;
}

const attributesOf = (list) => Object.fromEntries(list.map(({ key, value }) => [key, plain(value)]));

/** Events with their attributes under `at` and times in milliseconds. */
function eventsOf(json) {
  return (json.resourceLogs ?? []).flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map((record) => ({
        ...record,
        name: record.eventName,
        time: millis(record.timeUnixNano),
        at: attributesOf(record.attributes),
        resource: attributesOf(resource.attributes),
      })),
    ),
  );
}

function spansOf(json) {
  return (json.resourceSpans ?? []).flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        start: millis(span.startTimeUnixNano),
        end: millis(span.endTimeUnixNano),
        at: attributesOf(span.attributes),
      })),
    ),
  );
}

const millis = (nanos) => Number(BigInt(nanos) / 1000n) / 1000;
