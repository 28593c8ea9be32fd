// What a fuzzed page does to its document, its address and its time.
import { log, once, turns } from './fuzz-page.mjs';

let made = 0;
const main = () => document.getElementById('main');
const pick = (list, number) => list[number % list.length];
const grown = () => [...document.querySelectorAll('#main [data-grown]')];

/** A new part of the page; many have handlers that do something unkind to the document. */
function grow(number) {
  const id = `grown${++made}`;
  const tag = pick(['button', 'div', 'a', 'label', 'svg', 'x-card', 'details'], number >>> 3);
  const element =
    tag === 'svg' ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  element.id = id;
  element.setAttribute('data-grown', '');
  element.setAttribute('data-thing', '');
  if (tag !== 'svg') element.textContent = `${tag} ${id}`;
  const habit = pick(['removes itself', 'removes all', 'stops', 'replaces', 'moves', 'throws', 'renames'], number);
  element.addEventListener('click', (event) => {
    log('habit', id, habit);
    if (habit === 'removes itself') element.remove();
    if (habit === 'removes all') main().replaceChildren();
    if (habit === 'stops') event.stopImmediatePropagation();
    if (habit === 'replaces') element.replaceWith(document.createElement('hr'));
    if (habit === 'moves') main().prepend(element);
    if (habit === 'throws') throw new EvalError(`page: ${id}`);
    if (habit === 'renames') element.className = `c${number % 7}`;
  });
  return element;
}

class Card extends HTMLElement {
  connectedCallback() {
    log('connected', this.id);
  }
  disconnectedCallback() {
    log('disconnected', this.id);
  }
}
customElements.define('x-card', Card);

const url = (number) => `/route/${number % 9}?n=${number % 5}`;

export const domActs = {
  push: (number) => history.pushState({ number }, '', url(number)),
  replace: (number) => history.replaceState({ number }, '', number % 3 ? url(number) : undefined),
  async hash(number) {
    const next = `#part${number % 4}`;
    if (location.hash === next) return 'there already';
    const changed = once(globalThis, 'hashchange');
    location.hash = next;
    await changed;
  },
  async back(number) {
    // The index tells whether there is anything to go back to; else nothing would ever happen.
    const steps = 1 + (number % 2);
    if (ownNavigation.currentEntry.index < steps) return 'nowhere to go';
    const gone = once(globalThis, 'popstate');
    history.go(-steps);
    await gone;
    await turns();
    if (number % 3 === 0) {
      const forth = once(globalThis, 'popstate');
      history.forward();
      await forth;
    }
  },
  badHistory(number) {
    const tries = [
      () => history.pushState(() => {}, '', '/uncloneable'),
      () => history.pushState({}, '', 'https://example.com/'),
      () => history.pushState({}, '', 'http://['),
      () => history.pushState.call({}, {}, '', '/nobody'),
      () => history.pushState(),
      () => history.replaceState({}, '', { toString: () => url(number) }),
    ];
    return pick(tries, number)();
  },
  insert(number) {
    for (let i = 0; i <= number % 3; i++) main().append(grow(number + i * 13));
    if (number % 5 === 0) main().insertAdjacentHTML('beforeend', `<p id="said${made}">said ${number}</p>`);
    document.title = `grown ${made}`;
  },
  remove(number) {
    const all = grown();
    if (all.length === 0) return 'nothing to remove';
    if (number % 7 === 0) main().innerHTML = '';
    else pick(all, number).remove();
  },
  move(number) {
    const all = grown();
    if (all.length < 2) return 'nothing to move';
    const [one, two] = [pick(all, number), pick(all, number >>> 4)];
    if (one !== two && !two.contains(one) && !one.contains(two)) two.before(one);
  },
  shadow(number) {
    const host = document.createElement('div');
    host.id = `host${++made}`;
    host.setAttribute('data-thing', '');
    const root = host.attachShadow({ mode: number % 2 ? 'open' : 'closed' });
    root.innerHTML = `<button id="inner${made}" style="width: 100px">inner</button><slot></slot>`;
    root.querySelector('button').onclick = (event) => {
      log('shadow click', event.composedPath().length, root.mode);
      if (number % 3 === 0) host.remove();
    };
    main().append(host);
  },
  async frame(number) {
    const frame = document.createElement('iframe');
    frame.id = `frame${++made}`;
    if (number % 3 === 0)
      frame.srcdoc = '<button>in a frame</button><script>parent.fuzz.lines.push("frame ran")</script>';
    else if (number % 3 === 1) frame.src = '/frame';
    else frame.src = `${document.documentElement.dataset.other}/frame`;
    const loaded = once(frame, 'load');
    main().append(frame);
    await loaded;
    if (number % 2) frame.remove();
  },
  async frameFetch() {
    const frame = document.createElement('iframe');
    main().append(frame);
    const answer = await frame.contentWindow.fetch('/api/ok?frame');
    const text = await answer.text();
    const request = new frame.contentWindow.XMLHttpRequest();
    request.open('GET', '/api/ok?framed');
    const ended = once(request, 'loadend');
    request.send();
    await ended;
    frame.remove();
    return `${text} ${request.responseText}`;
  },
  scroll(number) {
    scrollTo(0, number % 800);
  },
  async timers(number) {
    const order = [];
    await Promise.all([
      new Promise((done) => setTimeout(() => done(order.push('timeout')), 5)),
      new Promise((done) => {
        let left = 1 + (number % 3);
        const timer = setInterval(() => {
          if (--left > 0) return;
          clearInterval(timer);
          done();
        }, 1);
      }),
      new Promise((done) => requestAnimationFrame(done)),
      new Promise((done) => requestIdleCallback(done, { timeout: 20 })),
      new Promise((done) => queueMicrotask(() => done(order.push('microtask')))),
    ]);
    return order.join();
  },
  async observers() {
    const seen = new Promise((done) =>
      new IntersectionObserver(([entry]) => done(entry.isIntersecting)).observe(main()),
    );
    const sized = new Promise((done) => new ResizeObserver(([entry]) => done(entry.target.id)).observe(main()));
    return `${await seen} ${await sized}`;
  },
  async worker(number) {
    const code = number % 2 ? 'postMessage("worked")' : 'postMessage("worked"); throw new Error("page: in a worker")';
    const address = URL.createObjectURL(new Blob([code]));
    const worker = new Worker(address);
    const failed = number % 2 ? undefined : once(worker, 'error');
    const { data } = await once(worker, 'message');
    const failure = await failed;
    worker.terminate();
    URL.revokeObjectURL(address);
    return `${data} ${failure?.message}`;
  },
  /** The page goes into the background, with all overrides in place: what would be sent now must not disturb it. */
  async hide() {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await turns(4);
  },
};
