// What a fuzzed page does against itself: errors of all kinds, and overriding what everybody relies on.
import { log, once, turns } from './fuzz-page.mjs';

const pick = (list, number) => list[number % list.length];

const refuse = () => {
  throw new Error('page: refused');
};

/** Things that are thrown but do not want to be looked at. */
const hostile = [
  () =>
    new Proxy(
      {},
      { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse },
    ),
  () => new Proxy(new Error('page: behind a proxy'), { get: refuse }),
  () => new Proxy(function () {}, { get: refuse, apply: refuse }),
  () => Object.defineProperty(new Error('page: no message'), 'message', { get: refuse }),
  () => Object.defineProperty(new Error('page: no stack'), 'stack', { get: refuse }),
  () => Object.defineProperty(new Error('page: no name'), 'name', { get: refuse }),
  () => Object.defineProperty(new Error('page: no cause'), 'cause', { get: refuse }),
  () => Object.assign(new Error('page: odd fields'), { name: Symbol('name'), cause: 7n, stack: { toString: refuse } }),
  () => {
    const circle = new Error('page: circle');
    circle.cause = circle;
    return circle;
  },
  () => Object.freeze(new Error('page: frozen')),
  () => Object.create(null),
  () => ({ toString: refuse, valueOf: refuse, [Symbol.toPrimitive]: refuse }),
  () => ({ get then() { return refuse(); } }), // prettier-ignore
  () => new AggregateError([new Error('page: inner'), null, Symbol('inner')], 'page: many'),
  () => new Error('page: long '.padEnd(200_000, 'x')),
  () => new DOMException('page: dom', 'AbortError'),
  () => document.createElement('div'),
];
const plain = [
  null,
  undefined,
  0,
  NaN,
  '',
  'page: a string',
  Symbol('page'),
  7n,
  true,
  [1, 2],
  { message: 'page: like' },
];

/** Throws in a task of its own, and waits until everybody has heard. */
async function throwLater(error) {
  const heard = once(globalThis, 'error');
  setTimeout(() => {
    throw error;
  });
  await heard;
}

async function rejectLater(reason) {
  const heard = once(globalThis, 'unhandledrejection');
  setTimeout(() => {
    void new Promise((_resolve, reject) => reject(reason));
  });
  await heard;
}

const targets = [
  [globalThis, 'fetch'],
  [XMLHttpRequest.prototype, 'open'],
  [XMLHttpRequest.prototype, 'send'],
  [XMLHttpRequest.prototype, 'setRequestHeader'],
  [History.prototype, 'pushState'],
  [history, 'replaceState'],
  [EventTarget.prototype, 'addEventListener'],
  [EventTarget.prototype, 'removeEventListener'],
  [JSON, 'stringify'],
  [JSON, 'parse'],
  [Promise.prototype, 'then'],
  [Promise.prototype, 'finally'],
  [console, 'error'],
  [console, 'warn'],
  [globalThis, 'setTimeout'],
  [navigator, 'sendBeacon'],
  [performance, 'now'],
];
const overridden = [];

export const upsetActs = {
  throwSync(number) {
    const kinds = [Error, TypeError, RangeError, SyntaxError];
    const error = new (pick(kinds, number))(`page: ${number % 3 ? 'thrown' : 'quiet'} ${number % 5}`);
    if (number % 2) error.cause = new Error('page: cause');
    return throwLater(error);
  },
  throwAsync: (number) => throwLater(pick(plain, number)),
  async reject(number) {
    if (number % 4 === 0) {
      // Handled only after it was reported.
      const heard = once(globalThis, 'unhandledrejection');
      const late = Promise.reject(new Error('page: handled late'));
      await heard;
      await turns();
      const handled = once(globalThis, 'rejectionhandled');
      late.catch(() => {});
      await handled;
      return;
    }
    await rejectLater(number % 3 ? new Error(`page: rejected ${number % 5}`) : pick(plain, number));
  },
  throwHostile: (number) => throwLater(pick(hostile, number)()),
  rejectHostile: (number) => rejectLater(pick(hostile, number)()),
  override(number) {
    const [holder, name] = pick(targets, number);
    const before = Object.getOwnPropertyDescriptor(holder, name);
    const inner = holder[name];
    const outer = function (...all) {
      log('call', name, all.length, this === holder);
      return new.target ? Reflect.construct(inner, all) : inner.apply(this, all);
    };
    if (number % 3 === 0) {
      Object.defineProperty(holder, name, { get: () => outer, set: () => log('set', name), configurable: true });
    } else holder[name] = outer;
    overridden.push({ holder, name, before });
    return name;
  },
  /** Takes off the newest override, as libraries do that give back what they found. */
  restore() {
    const { holder, name, before } = overridden.pop() ?? {};
    if (!name) return 'nothing to restore';
    delete holder[name];
    if (before) Object.defineProperty(holder, name, before);
    return name;
  },
  async consoleNoise(number) {
    const said = [
      'page: noise',
      new Error('page: noise'),
      { deep: { er: [1] } },
      pick(hostile, number)(),
      pick(plain, number),
    ];
    for (const method of ['log', 'info', 'debug', 'warn', 'error', 'table', 'count', 'assert', 'trace'])
      if ((number >>> method.length) & 1) console[method](pick(said, number >>> 3), '%s', number % 10);
    console.log('page: %s %o %d', 'a', 1, 2);
    await turns(1);
  },
  async pollute(number) {
    // Names that careless loops and careless serialisers trip over, for a moment.
    const [holder, name] = pick([[Array.prototype, 'toJSON'], [Object.prototype, 'polluted'], [String.prototype, 'toJSON']], number); // prettier-ignore
    Object.defineProperty(holder, name, { value: () => 'polluted', enumerable: true, configurable: true });
    try {
      const answer = await fetch('/api/echo', { method: 'POST', body: JSON.stringify([1]) });
      history.replaceState({ polluted: number }, '');
      return await answer.text();
    } finally {
      delete holder[name];
    }
  },
};
