// The requests of a fuzzed page: well made, failing, aborted, streamed, and odd; what they give goes into the log.
import { log, once, tell } from './fuzz-page.mjs';

const pick = (list, number) => list[number % list.length];
const other = () => document.documentElement.dataset.other;
const refused = 'http://127.0.0.1:1/none';

/** All that a page can see of an answer, its body aside. */
const seen = (answer) =>
  [
    answer.status,
    answer.ok,
    answer.type,
    answer.redirected,
    answer.url,
    answer.bodyUsed,
    answer.headers.get('content-type'),
    Reflect.ownKeys(answer).length,
    answer instanceof Response,
  ].join();

const attemptNew = async () => new fetch('/api/echo');

const outcome = (promise) =>
  promise.then(
    async (answer) => `${seen(answer)} ${await answer.text().catch(tell)}`,
    (error) => tell(error),
  );

/** The states and events of a request, each once: how often it tells of progress is chance. */
function followed(request) {
  const steps = [];
  const note = (step) => steps.at(-1) !== step && steps.push(step);
  for (const type of ['loadstart', 'load', 'error', 'abort', 'timeout', 'loadend'])
    request.addEventListener(type, (event) => note(`${type} ${event.target === request}`));
  request.onreadystatechange = function () {
    note(`${this === request} ${request.readyState}`);
  };
  return steps;
}

const told = (request, steps) =>
  [
    request.status,
    request.statusText,
    request.responseURL,
    request.readyState,
    Reflect.ownKeys(request).join(),
    ...steps,
  ].join();

async function ended(request, steps, body) {
  const end = once(request, 'loadend');
  request.send(body);
  await end;
  const type = request.responseType;
  const content = type === '' || type === 'text' ? request.responseText : tell(request.response);
  return `${told(request, steps)} ${content}`;
}

export const requestActs = {
  fetchOk(number) {
    const makers = [
      () => fetch('/api/echo?plain'),
      () => fetch(new URL('/api/echo?url', location.href)),
      () => fetch(new Request('/api/echo?request', { method: 'POST', body: 'text', headers: { 'x-page': 'kept' } })),
      () =>
        fetch('/api/echo', { method: 'post', body: new URLSearchParams({ a: 'b' }), headers: [['x-page', 'list']] }),
      () =>
        fetch('/api/echo', { method: 'PUT', body: '{}', headers: new Headers({ 'content-type': 'application/json' }) }),
      () => fetch('/api/echo', { method: 'DELETE', keepalive: true, cache: 'no-store' }),
      () => fetch('/api/ok', { method: 'HEAD' }),
      () => fetch('/api/redirect'),
      () => fetch('/api/empty'),
      () => fetch(`${other()}/api/ok`),
      () => fetch(`${other()}/api/ok`, { mode: 'no-cors' }),
      () => fetch('data:text/plain,inline'),
      () => fetch(URL.createObjectURL(new Blob(['blob']))).then((answer) => new Response(answer.body)),
    ];
    return outcome(pick(makers, number)());
  },
  fetchFails(number) {
    const makers = [
      () => fetch('/api/broken'),
      () => fetch('/api/missing'),
      () => fetch(refused),
      () => fetch('/api/redirect', { redirect: 'error' }),
      () => fetch('/api/ok', { integrity: 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' }),
      () => fetch('/api/cut'),
    ];
    return outcome(pick(makers, number)());
  },
  async fetchAborted(number) {
    const abort = new AbortController();
    const { signal } = abort;
    if (number % 4 === 0) abort.abort(new RangeError('page: early'));
    const answer = fetch(number % 4 === 3 ? '/api/drip' : '/api/never', { signal });
    if (number % 4 === 1) abort.abort();
    if (number % 4 === 2)
      return outcome(
        fetch('/api/never', { signal: AbortSignal.timeout(20) }).finally(() => abort.abort(answer.catch(() => {}))),
      );
    if (number % 4 !== 3) return outcome(answer);
    const reader = (await answer).body.getReader();
    await reader.read();
    abort.abort();
    return reader.read().catch(tell);
  },
  async fetchStream(number) {
    const answer = await fetch('/api/stream');
    if (number % 5 === 0) return `${await answer.clone().text()} ${await answer.text()}`;
    if (number % 5 === 1) {
      const halves = answer.body.tee().map((half) => new Response(half).text());
      return (await Promise.all(halves)).join();
    }
    if (number % 5 === 2) {
      await answer.body.cancel('page: enough');
      return `${answer.bodyUsed}`;
    }
    let text = '';
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
    return `${text.length} ${await answer.text().catch(tell)}`;
  },
  async fetchOdd(number) {
    const throwing = Object.defineProperty({}, 'method', {
      get() {
        throw new RangeError('page: getter');
      },
    });
    const hostile = new Proxy({}, { get: () => { throw new URIError('page: trap'); } }); // prettier-ignore
    const oneShot = function* (value) {
      yield ['x-page', value];
    };
    const used = new Request('/api/echo', { method: 'POST', body: 'once' });
    await used.text();
    const makers = [
      () => fetch(),
      () => fetch('http://['),
      () => fetch('/api/echo', null),
      () => fetch('/api/echo', 7),
      () => fetch(undefined),
      () => fetch('/api/echo', throwing),
      () => fetch('/api/echo', hostile),
      () => fetch({ toString: () => '/api/echo?object' }),
      () => fetch({ toString: () => { throw new SyntaxError('page: toString'); } }), // prettier-ignore
      () => fetch(Symbol('page')),
      () => fetch('/api/echo?inherited', Object.create({ method: 'DELETE' })),
      () =>
        fetch('/api/echo?request-as-init', new Request('/other', { method: 'DELETE', headers: { 'x-page': 'kept' } })),
      () => fetch(`${other()}/api/echo`, { headers: oneShot('other') }),
      () => fetch('/api/echo', { headers: oneShot('own') }),
      () => fetch('/api/echo', () => {}),
      () => fetch(used),
      () => fetch('/api/echo', { headers: { 'bad name': 'x' } }),
      () => fetch('/api/echo', { method: 'TRACE' }),
      () => fetch('/api/echo', { body: 'x' }),
      () => fetch.call(undefined, '/api/echo?undefined'),
      () => fetch.apply(globalThis, ['/api/echo?applied', { headers: { 'x-page': 'applied' } }]),
      () => fetch.call({}, '/api/echo?nobody'),
      () => Reflect.apply(fetch, document, ['/api/echo?document']),
      // The message shows the source of whatever function stands there.
      () => attemptNew().catch(({ name }) => Promise.reject(name)),
    ];
    const made = pick(makers, number)();
    log('promise', made instanceof Promise, Object.prototype.toString.call(made));
    return outcome(made);
  },
  async fetchMany() {
    const paths = ['/api/ok', '/api/broken', '/api/stream', '/api/echo', refused];
    return (await Promise.all(paths.map((path) => outcome(fetch(path))))).join(' | ');
  },
  xhrOk(number) {
    const request = new XMLHttpRequest();
    const steps = followed(request);
    request.open(
      pick(['GET', 'POST', 'put'], number),
      pick(['/api/echo', '/api/stream', '/api/redirect'], number >>> 2),
    );
    request.responseType = pick(['', 'text', 'json', 'blob', 'arraybuffer', 'document'], number >>> 4);
    request.setRequestHeader('x-page', 'first');
    request.setRequestHeader('x-page', 'second');
    if (number % 7 === 0) request.overrideMimeType('text/plain');
    return ended(request, steps, number % 2 ? 'body' : null);
  },
  xhrFails(number) {
    const request = new XMLHttpRequest();
    const steps = followed(request);
    request.open('GET', pick(['/api/broken', refused, `${other()}/api/closed`, '/api/never', '/api/cut'], number));
    if (number % 5 === 3) request.timeout = 30;
    return ended(request, steps);
  },
  async xhrAborted(number) {
    const request = new XMLHttpRequest();
    const steps = followed(request);
    request.open('GET', number % 3 === 2 ? '/api/drip' : '/api/never');
    if (number % 3 === 0) request.abort();
    request.send();
    if (number % 3 === 2) while (request.readyState < 2) await once(request, 'readystatechange');
    request.abort();
    if (number % 2 === 0) {
      request.open('GET', '/api/echo?again');
      return ended(request, steps);
    }
    return told(request, steps);
  },
  async xhrOdd(number) {
    class Own extends XMLHttpRequest {
      open(...all) {
        log('own open', all.length);
        return super.open(...all);
      }
    }
    const request = number % 3 ? new XMLHttpRequest() : new Own();
    const tries = [
      () => request.send(),
      () => request.open(),
      () => request.open('GET'),
      () => request.open('BAD METHOD', '/api/echo'),
      () => request.open('GET', 'http://['),
      () => request.setRequestHeader('x', 'y'),
      () => request.open.call({}, 'GET', '/api/echo'),
      () => XMLHttpRequest(),
      () => request.open('GET', { toString: () => { throw new SyntaxError('page: toString'); } }), // prettier-ignore
    ];
    try {
      log('odd', pick(tries, number)());
    } catch (error) {
      log('odd', error);
    }
    request.open('GET', '/api/ok', true, undefined, undefined);
    if (number % 4 === 0) request.onload = () => { throw new TypeError('page: in onload'); }; // prettier-ignore
    if (number % 4 === 1) request.open('GET', '/api/echo?opened-twice');
    const first = await ended(request, followed(request));
    request.open('GET', '/api/echo?second');
    return `${first} ${await ended(request, [])}`;
  },
  xhrSync(number) {
    const request = new XMLHttpRequest();
    request.open('GET', number % 2 ? '/api/echo?sync' : refused, false);
    request.send();
    return `${request.status} ${request.responseText}`;
  },
};
