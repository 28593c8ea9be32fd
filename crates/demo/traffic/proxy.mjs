// A forward proxy for one visitor: it adds the visitor's address to every request, as a load balancer would.
//
// The browser cannot do it: a header set by the automation protocol makes cross-origin requests ask for permission
// first, and what is sent while a page closes goes out without it.
import http from 'node:http';
import { rewrite } from './history.mjs';

/**
 * Reached are only the shop and this machine: a browser's errands of its own end here. Resolves to `{ url, close, reports }`, of
 * which the last says how many reports to Limen were answered so far.
 * `daysBehind` makes it a visit of an earlier day.
 */
export function startProxy(address, shopHost, daysBehind = 0) {
  const hosts = new Set([shopHost, '127.0.0.1', 'localhost']);
  const counted = { reports: 0 };
  const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
  const server = http.createServer((request, response) => pass(request, response, { address, hosts, agent, daysBehind, counted }));
  server.on('connect', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
  server.on('clientError', (_, socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const close = () => {
        server.close();
        server.closeAllConnections();
        agent.destroy();
      };
      resolve({ url: `http://127.0.0.1:${server.address().port}`, close, reports: () => counted.reports });
    });
  });
}

function pass(request, response, { address, hosts, agent, daysBehind, counted }) {
  const target = URL.parse(request.url);
  if (!target || !hosts.has(target.hostname)) {
    response.writeHead(403).end();
    return;
  }
  const headers = { ...request.headers, 'x-forwarded-for': address };
  delete headers['proxy-connection'];
  rewrite(target, headers, daysBehind);
  const onward = http.request(
    {
      host: target.hostname,
      port: target.port || 80,
      path: target.pathname + target.search,
      method: request.method,
      headers,
      agent,
    },
    (answer) => {
      if (request.method === 'POST' && target.pathname.startsWith('/v1/')) counted.reports += 1;
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
    },
  );
  onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  request.pipe(onward);
  // What a closing page has sent completely must still arrive, so only a broken request ends the onward one.
  request.on('error', () => onward.destroy());
}
