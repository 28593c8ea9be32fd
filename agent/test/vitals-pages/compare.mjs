// What two measurements of one page told at the end, side by side; and what a visitor does between.
import assert from 'node:assert/strict';

/** Another tab comes to the front: the page is hidden, and both have told their last. */
export async function hide(page, elsewhere) {
  const hidden = page.evaluate(
    () => new Promise((done) => document.addEventListener('visibilitychange', () => done(), { once: true })),
  );
  await elsewhere.bringToFront();
  await hidden;
}

export const painted = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** Waits until both have told the metric. */
export const told = (page, name, matches = () => true) =>
  page.waitForFunction(
    (name, matches) =>
      [globalThis.ours, globalThis.theirs].every((list) => list?.some((v) => v.name === name && eval(matches)(v))),
    {},
    name,
    String(matches),
  );

/** Waits until both have told the metric after the n-th return from the back/forward cache, counted from 0. */
export const newlyTold = (page, name, nth) =>
  page.waitForFunction(
    (name, nth) =>
      [ours, theirs].every((list) => {
        const after = list.filter((v) => v.name === name && v.navigationType === 'back-forward-cache');
        return new Set(after.map(({ id }) => id)).size > nth;
      }),
    {},
    name,
    nth,
  );

/** Shifts until it counts again: what follows an input within half a second does not. */
export const shiftUntilTold = (page, nth) =>
  page.evaluate(async (nth) => {
    const counted = () =>
      ours.filter((v) => v.name === 'cls' && v.navigationType === 'back-forward-cache' && v.value > 0);
    for (let height = 200; new Set(counted().map(({ id }) => id)).size <= nth; height += 10) await shift(height % 400);
  }, nth);

/** Both said the same at the end of each measurement; returns that. */
export const assertSame = async (page) => assertSameVitals(await page.evaluate(() => ({ ours, theirs })));

export function assertSameVitals({ ours, theirs }) {
  const pairs = pairUp(last(ours), last(theirs));
  assert.deepEqual(
    pairs.map(([ours]) => ours),
    pairs.map(([, theirs]) => theirs),
  );
  return pairs.map(([ours]) => ours);
}

/** The same, by name. */
export const assertEqual = async (page) =>
  Object.fromEntries((await assertSame(page)).map((vital) => [vital.name, vital]));

/** The last value of each measurement. */
function last(vitals) {
  const key = ({ name, navigationType }) => `${name} ${navigationType}`;
  return [...new Map(vitals.map((vital) => [vital.id, vital])).values()].sort((a, b) =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0,
  );
}

/**
 * Leaves out what is not the same by intent: ids, how selectors are written, targets that only we found, the count of
 * interactions. A long frame that came between one and the other is known to one of them only, and theirs forgets some
 * that ours still knows.
 */
function pairUp(ours, theirs) {
  return Array.from({ length: Math.max(ours.length, theirs.length) }, (_, i) => {
    const pair = [ours[i], theirs[i]];
    if (!ours[i] || !theirs[i]) return pair;
    const found = pair.map(({ target }) => target !== undefined && target !== '');
    const framed = ours[i].frames === theirs[i].frames && theirs[i].details.total_script_duration !== undefined;
    return pair.map(({ name, value, rating, navigationType, details }, side) => ({
      ...{ name, value, rating, navigationType },
      targeted: found[side] || found[0],
      details: Object.fromEntries(
        Object.entries(details).filter(
          ([name]) => name !== 'interaction_count' && (framed || !/^(script|total)_/.test(name)),
        ),
      ),
    }));
  });
}
