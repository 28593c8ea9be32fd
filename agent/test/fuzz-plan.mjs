// Plans what a fuzzed visit does: the same seed gives the same plan.

/** How often each act comes up, against the others. Those in `BY_HAND` are done with a real mouse and keyboard. */
const WEIGHTS = {
  clickThing: 34,
  clickPoint: 12,
  typeText: 10,
  push: 10,
  replace: 5,
  back: 5,
  hash: 5,
  badHistory: 3,
  fetchOk: 12,
  fetchFails: 6,
  fetchAborted: 5,
  fetchStream: 5,
  fetchOdd: 6,
  fetchMany: 3,
  xhrOk: 8,
  xhrFails: 5,
  xhrAborted: 4,
  xhrOdd: 6,
  xhrSync: 2,
  throwSync: 5,
  throwAsync: 5,
  reject: 6,
  throwHostile: 6,
  rejectHostile: 5,
  insert: 8,
  remove: 6,
  move: 5,
  shadow: 5,
  frame: 4,
  frameFetch: 2,
  override: 10,
  restore: 6,
  consoleNoise: 8,
  timers: 5,
  observers: 3,
  scroll: 3,
  pollute: 2,
  worker: 2,
};

const BY_HAND = new Set(['clickThing', 'clickPoint', 'typeText']);
const ALL = Object.entries(WEIGHTS).flatMap(([name, weight]) => Array(weight).fill(name));

/** A small generator of numbers below 2^32 (mulberry32's construction: a counter, mixed). */
export function numbers(seed) {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(counter ^ (counter >>> 15), counter | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** `count` acts, each with a number that decides its details, and at the end the page is hidden. */
export function plan(seed, count) {
  const next = numbers(seed);
  const acts = Array.from({ length: count }, () => {
    const name = ALL[next() % ALL.length];
    return { name, number: next(), byHand: BY_HAND.has(name) };
  });
  return [...acts, { name: 'hide', number: 0, byHand: false }];
}
