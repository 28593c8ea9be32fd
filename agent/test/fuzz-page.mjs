// Runs in the fuzzed page: keeps the log of all the page can notice, and carries out acts by name.
import { domActs } from './fuzz-dom.mjs';
import { requestActs } from './fuzz-requests.mjs';
import { upsetActs } from './fuzz-upsets.mjs';

const PATIENCE_MILLIS = 4_000;
// Taken before anyone overrides them: the page's own watch must not depend on what it watches.
const listen = EventTarget.prototype.addEventListener;
const later = globalThis.setTimeout;
const frame = globalThis.requestAnimationFrame;
const ownKeys = Reflect.ownKeys;
const lines = [];

/** Describes anything, even what does not want to be described. */
export function tell(value) {
  try {
    if (value instanceof Error || value instanceof DOMException) return `${value.name}: ${value.message}`;
    if (typeof value === 'object' && value !== null) return Object.prototype.toString.call(value);
    return String(value);
  } catch {
    return 'untellable';
  }
}

export const log = (...parts) => void lines.push(parts.map((part) => tell(part)).join(' '));

/** Lets tasks that are already due have their turn. */
export async function turns(count = 2) {
  for (let i = 0; i < count; i++) await new Promise((done) => later(done, 0));
  await new Promise((done) => frame(() => later(done, 0)));
}

/** Waits, but not for ever. `Promise.race` would call `then`, which the page may have overridden to write it down. */
const inTime = (promise) =>
  new Promise((done, failed) => {
    later(() => done('too late'), PATIENCE_MILLIS);
    (async () => {
      try {
        done(await promise);
      } catch (error) {
        failed(error);
      }
    })();
  });

export const once = (target, type) =>
  new Promise((done) => listen.call(target, type, done, { once: true, capture: true }));

const keysOf = (value) => {
  try {
    return typeof value === 'object' && value !== null ? ownKeys(value).map(String).join() : '';
  } catch {
    return 'no keys';
  }
};

/** Frames of the page's own errors; those of a browser's function name whoever stands in between. */
const stackOf = (error) => {
  try {
    return String(error.message).startsWith('page:') ? error.stack : '';
  } catch {
    return 'no stack';
  }
};

function watchPage() {
  const types = 'click input change submit popstate hashchange focusin keydown toggle invalid auxclick';
  for (const type of types.split(' '))
    listen.call(
      globalThis,
      type,
      (event) => log('event', type, event.isTrusted, event.target?.id ?? '', event.defaultPrevented),
      true,
    );
  listen.call(globalThis, 'error', (event) => {
    const own = String(event.message).includes('page:');
    const file = String(event.filename).replace(/^blob:.*/, 'blob');
    const place = own ? `${file}:${event.lineno}:${event.colno}` : '';
    log('error', event.message, place, tell(event.error), keysOf(event.error), stackOf(event.error));
  });
  listen.call(globalThis, 'unhandledrejection', (event) =>
    log('unhandled', tell(event.reason), keysOf(event.reason), stackOf(event.reason)),
  );
  listen.call(globalThis, 'rejectionhandled', () => log('rejection handled'));
  globalThis.onerror = (...all) => {
    log('onerror', all[0], all.length);
    return all[0].includes('page: quiet');
  };
  new MutationObserver((records) => {
    for (const { type, target, addedNodes, removedNodes } of records)
      log('mutation', type, target.id ?? target.nodeName, addedNodes.length, removedNodes.length);
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

/** Where everything is and what it says: what a visitor would see. */
function look() {
  const boxes = [...document.querySelectorAll('*')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return `${element.tagName}#${element.id} ${x} ${y} ${width} ${height}`;
  });
  return {
    html: document.documentElement.outerHTML,
    boxes,
    values: [...document.querySelectorAll('input, textarea')].map(({ value, checked }) => `${value} ${checked}`),
    focus: document.activeElement?.id ?? '',
    scroll: [scrollX, scrollY],
    title: document.title,
    place: [location.href, history.length, JSON.stringify(history.state)],
    cookie: document.cookie,
    stored: [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => !key.startsWith('limen.')),
    marks: performance.getEntriesByType('mark').length + performance.getEntriesByType('measure').length,
    globals: Object.getOwnPropertyNames(globalThis).filter((name) => name !== 'Limen'),
    symbols: Object.getOwnPropertySymbols(globalThis)
      .map(String)
      .filter((name) => !name.includes('limen.')),
  };
}

const acts = { ...domActs, ...requestActs, ...upsetActs };

globalThis.fuzz = {
  lines,
  look,
  /** Where to put the mouse for the thing with this number, or nothing if it cannot be seen. */
  pointOf(number) {
    const things = [...document.querySelectorAll('[data-thing]')];
    const thing = things[number % things.length];
    thing.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    const { x, y, width, height } = thing.getBoundingClientRect();
    return JSON.stringify({ x: Math.floor(x + width / 2), y: Math.floor(y + height / 2) });
  },
  async settle() {
    await turns();
    await inTime(fuzz.pending);
    await turns();
  },
  async act(name, number) {
    log('act', name, number);
    try {
      const result = await inTime(acts[name](number));
      log('done', name, result === undefined ? '' : result);
    } catch (error) {
      log('failed', name, tell(error));
    }
    await turns();
  },
  /** What handlers of clicks have under way. */
  pending: Promise.resolve(),
};

watchPage();
