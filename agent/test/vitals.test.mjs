// Our vitals are those of Google's library, to the digit: both measure the same pages side by side.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  assertEqual,
  assertSame,
  assertSameVitals,
  hide,
  newlyTold,
  painted,
  shiftUntilTold,
  told,
} from './vitals-pages/compare.mjs';
import { foreign, pages } from './vitals-pages/pages.mjs';
import { openLab } from './vitals-pages/site.mjs';

let site;
before(async () => {
  const routes = { ...pages };
  site = await openLab(routes);
  routes['/foreign'] = foreign(site.other);
});
after(() => site.close());

const visiting = (path, visit) => site.visiting(path, visit);

test('a late image is the largest paint, in the same four parts', () =>
  visiting('/image', async (page, elsewhere) => {
    await told(page, 'lcp', ({ details }) => details.url);
    await hide(page, elsewhere);
    const { lcp, cls, ttfb, fcp } = await assertEqual(page);
    assert.ok(lcp.value >= 400 && lcp.details.resource_load_duration >= 300);
    assert.match(lcp.details.url, /late\.bmp/);
    assert.equal(cls.value, 0);
    assert.ok(ttfb && fcp);
  }));

test('a text is the largest paint', () =>
  visiting('/text', async (page, elsewhere) => {
    await told(page, 'lcp');
    await hide(page, elsewhere);
    const { lcp } = await assertEqual(page);
    assert.equal(lcp.details.resource_load_duration, 0);
    assert.ok(lcp.targeted);
  }));

test('#3 a larger paint replaces the first, until the first click', () =>
  visiting('/growing', async (page, elsewhere) => {
    // The click may end the largest paint only once both know the second.
    await told(page, 'lcp', ({ value }) => value >= 300);
    await page.mouse.click(10, 10);
    await painted(page);
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', `<h1>${'Still larger '.repeat(40)}</h1>`));
    await painted(page);
    await hide(page, elsewhere);
    const { lcp } = await assertEqual(page);
    const second = await page.evaluate(() => document.getElementById('second').offsetHeight);
    assert.ok(second > 0 && lcp.value >= 300);
  }));

test('#3 a click of a script does not end the largest paint', () =>
  visiting('/text', async (page, elsewhere) => {
    await told(page, 'lcp');
    await page.evaluate(() => {
      document.body.click();
      requestIdleCallback(() =>
        document.body.insertAdjacentHTML('beforeend', `<h1 id="more">${'Larger '.repeat(40)}</h1>`),
      );
    });
    await page.waitForSelector('#more');
    await painted(page);
    await page.waitForFunction(() => ours.filter(({ name }) => name === 'lcp').length > 1);
    await hide(page, elsewhere);
    await assertEqual(page);
  }));

test('a picture of another origin without timing is counted by its load', () =>
  visiting('/foreign', async (page, elsewhere) => {
    await told(page, 'lcp', ({ details }) => details.url);
    await hide(page, elsewhere);
    const { lcp } = await assertEqual(page);
    assert.ok(lcp.value >= 200);
  }));

test('a page that is opened in the background has no paints', () =>
  visiting(undefined, async (page, elsewhere) => {
    await elsewhere.bringToFront();
    await page.goto(`${site.origin}/image`, { waitUntil: 'load' });
    assert.equal(await page.evaluate(() => document.visibilityState), 'hidden');
    await page.bringToFront();
    await painted(page);
    await told(page, 'ttfb');
    await hide(page, elsewhere);
    assert.deepEqual(Object.keys(await assertEqual(page)), ['ttfb']);
  }));

test('a page that is hidden while it loads keeps what it had', () =>
  visiting(undefined, async (page, elsewhere) => {
    await page.goto(`${site.origin}/slow-to-load`, { waitUntil: 'domcontentloaded' });
    await told(page, 'lcp');
    await hide(page, elsewhere);
    await page.evaluate(() => document.querySelector('img').decode());
    await page.bringToFront();
    await painted(page);
    await told(page, 'ttfb');
    await hide(page, elsewhere);
    const { lcp } = await assertEqual(page);
    assert.equal(lcp.details.url, undefined);
  }));

test('clicks and keys have the same parts and the same scripts behind them', () =>
  visiting('/buttons', async (page, elsewhere) => {
    await page.click('#a');
    await told(page, 'inp');
    await page.click('#b');
    await told(page, 'inp', ({ value }) => value >= 150);
    await page.type('#text', 'xy');
    await painted(page);
    await hide(page, elsewhere);
    const { inp } = await assertEqual(page);
    assert.ok(inp.value >= 160 && inp.targeted);
  }));

test('a slow key is an interaction', () =>
  visiting('/buttons', async (page, elsewhere) => {
    await page.focus('#text');
    await page.keyboard.press('x');
    await told(page, 'inp');
    await hide(page, elsewhere);
    const { inp } = await assertEqual(page);
    assert.equal(inp.details.type, 'keyboard');
    assert.ok(inp.value >= 80);
  }));

test('what the page took up to the moment of hiding counts', () =>
  visiting('/buttons', async (page, elsewhere) => {
    await page.evaluate(() => {
      globalThis.requestIdleCallback = () => 0;
    });
    await page.click('#b');
    await painted(page);
    await hide(page, elsewhere);
    const { inp } = await assertEqual(page);
    assert.ok(inp.value >= 160);
  }));

const eighty = async (page, elsewhere) => {
  await page.focus('#many');
  for (let i = 0; i < 80; i++) await page.keyboard.press('x');
  await painted(page);
  await hide(page, elsewhere);
  const { inp } = await assertEqual(page);
  const values = await page.evaluate(() => ours.filter(({ name }) => name === 'inp').map(({ value }) => value));
  assert.ok(inp.value < Math.max(...values), `the outlier was told as long as it counted: ${values}`);
};

test('of more than fifty interactions the second longest counts', () => visiting('/many', eighty));

test('where the browser does not count interactions, their number is estimated', () =>
  visiting('/many-uncounted', eighty));

test('interactions of which the browser tells none count as 0', () =>
  visiting('/quick-untold', async (page, elsewhere) => {
    await page.click('#quick');
    await page.waitForFunction(() => performance.interactionCount > 0);
    await hide(page, elsewhere);
    const { ours, theirs } = await page.evaluate(() => ({ ours, theirs }));
    const inp = ours.find(({ name }) => name === 'inp');
    assert.equal(inp.value, 0);
    assert.equal(inp.details.interaction_count, 1);
    assert.ok(!theirs.some(({ name }) => name === 'inp'), "Google's library leaves this open");
  }));

test('a quick interaction counts by the first input', () =>
  visiting('/quick', async (page, elsewhere) => {
    await page.click('#quick');
    await told(page, 'inp');
    await hide(page, elsewhere);
    const { inp } = await assertEqual(page);
    assert.equal(inp.name, 'inp');
  }));

test('#5 shifts make windows, of which the worst counts', () =>
  visiting('/shifting', async (page, elsewhere) => {
    await told(page, 'cls');
    await page.evaluate(async () => {
      await shift(100);
      await shift(250);
      await new Promise((done) => setTimeout(done, 1_100));
      await shift(260);
      await shift(280);
    });
    await hide(page, elsewhere);
    const { cls } = await assertEqual(page);
    assert.ok(cls.value > 0 && cls.targeted);
    assert.ok(cls.details.largest_shift_value < cls.value);
    const seen = await page.evaluate(() => ours.filter(({ name }) => name === 'cls').length);
    assert.ok(seen >= 2);
  }));

test('#5 a window of shifts ends after five seconds', () =>
  visiting('/shifting', async (page, elsewhere) => {
    await told(page, 'cls');
    await page.evaluate(async () => {
      for (let i = 1; i < 13; i++) {
        await shift(i * 20);
        await new Promise((done) => setTimeout(done, 500));
      }
    });
    await hide(page, elsewhere);
    const { cls } = await assertEqual(page);
    assert.ok(cls.value > 0);
  }));

test('a shift that the visitor caused does not count', () =>
  visiting('/everything', async (page, elsewhere) => {
    await page.evaluate(() => {
      globalThis.shifts = [];
      new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift' });
    });
    await page.click('#push');
    await told(page, 'inp');
    await page.waitForFunction(() => shifts.length > 0);
    await hide(page, elsewhere);
    const { cls } = await assertEqual(page);
    // On a slow machine the shift comes too late to be the visitor's.
    const caused = await page.evaluate(() => shifts.every(({ hadRecentInput }) => hadRecentInput));
    assert.equal(cls.value === 0, caused);
  }));

test('what happens in a frame of the page is told by neither', () =>
  visiting('/frames', async (page, elsewhere) => {
    const inner = page.frames().find((frame) => frame.url().endsWith('/inside'));
    await inner.click('#b');
    await inner.evaluate(() => shift(200));
    await painted(page);
    await hide(page, elsewhere);
    const { cls, inp } = await assertEqual(page);
    assert.equal(cls.value, 0);
    assert.equal(inp, undefined);
  }));

test('a reload and a visit from the cache say so', () =>
  visiting('/cached', async (page, elsewhere) => {
    await told(page, 'lcp', ({ details }) => details.url);
    await page.reload();
    await told(page, 'lcp', ({ details }) => details.url);
    await told(page, 'ttfb');
    const { ttfb } = await assertEqual(page);
    assert.equal(ttfb.navigationType, 'reload');
    await page.goto(`${site.origin}/empty`);
    await page.goto(`${site.origin}/cached`);
    assert.equal(await page.evaluate(() => performance.getEntriesByType('navigation')[0].transferSize), 0);
    await told(page, 'lcp', ({ details }) => details.url);
    await told(page, 'ttfb');
    await hide(page, elsewhere);
    await assertEqual(page);
  }));

test('a return from the back/forward cache begins new measurements, twice', () =>
  visiting('/restored', async (page, elsewhere) => {
    // An input before the first paint would end the largest paint before there is one.
    for (const name of ['ttfb', 'fcp', 'lcp']) await told(page, name);
    await page.click('#b');
    await told(page, 'inp');
    await page.evaluate(() => shift(150));
    for (let time = 0; time < 2; time++) {
      await page.goto(`${site.origin}/empty`);
      await page.goBack();
      await page.click('#a');
      await newlyTold(page, 'inp', time);
      await shiftUntilTold(page, time);
    }
    await hide(page, elsewhere);
    const ours = await assertSame(page);
    const restored = ours.filter(({ navigationType }) => navigationType === 'back-forward-cache');
    assert.deepEqual(
      restored.map(({ name }) => name),
      ['cls', 'cls', 'fcp', 'fcp', 'inp', 'inp', 'lcp', 'lcp', 'ttfb', 'ttfb'],
    );
    assert.ok(restored.every(({ name, value }) => name === 'ttfb' || value > 0));
    assert.equal(ours.length, 15);
  }));

test('interactions too quick to be told count 8 ms after a return from the back/forward cache', () =>
  visiting('/quick', async (page, elsewhere) => {
    await page.click('#quick');
    await told(page, 'inp');
    await page.goto(`${site.origin}/empty`);
    await page.goBack();
    await page.click('#quick');
    await painted(page);
    await hide(page, elsewhere);
    const inp = (await assertSame(page)).find((v) => v.name === 'inp' && v.navigationType === 'back-forward-cache');
    assert.equal(inp.value, 8);
    assert.equal(inp.details.time, undefined);
  }));

// It tells by itself what was measured: Puppeteer may lose a tab whose document is replaced by a prerendered one.
test('a prerendered page is measured from when it is shown', () =>
  visiting('/speculating', async (page, elsewhere) => {
    await site.asked('/prerendering');
    await page.click('#go');
    await site.asked('/told');
    await elsewhere.bringToFront();
    const result = JSON.parse(await site.asked('/result'));
    assert.ok(result.activationStart > 0);
    const vitals = assertSameVitals(result);
    assert.deepEqual(
      vitals.map(({ name, navigationType }) => `${name} ${navigationType}`),
      ['cls prerender', 'fcp prerender', 'lcp prerender', 'ttfb prerender'],
    );
    assert.equal(vitals.find(({ name }) => name === 'ttfb').value, 0);
  }));

test('an agent that arrives a second late finds what came before', () =>
  visiting('/late', async (page, elsewhere) => {
    await page.click('#b');
    await page.click('#a');
    await told(page, 'inp');
    await told(page, 'cls', ({ value }) => value > 0);
    await page.evaluate(() => shift(400));
    await hide(page, elsewhere);
    const { inp, cls, lcp } = await assertEqual(page);
    assert.ok(inp.value >= 160 && cls.value > 0 && lcp.value > 0);
  }));

test('an agent that arrives late knows that the page was hidden before', () =>
  visiting('/late', async (page, elsewhere) => {
    await page.waitForFunction(() => performance.getEntriesByType('paint').length > 1);
    await hide(page, elsewhere);
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', `<h1>${'Larger '.repeat(100)}</h1>`));
    await page.bringToFront();
    await page.evaluate(() => painted());
    await told(page, 'ttfb');
    await told(page, 'lcp');
    await hide(page, elsewhere);
    const { lcp } = await assertEqual(page);
    const hiddenAt = await page.evaluate(
      () => performance.getEntriesByType('visibility-state').find(({ name }) => name === 'hidden').startTime,
    );
    assert.ok(lcp.value < hiddenAt);
  }));

test('a soft navigation is told apart and changes nothing in the vitals of the document', () =>
  visiting('/soft', async (page, elsewhere) => {
    await page.click('#list');
    await page.waitForSelector('#late');
    await page.waitForFunction(() => soft.length > 1 && document.querySelector('#late').complete);
    await painted(page);
    await hide(page, elsewhere);
    const { inp } = await assertEqual(page);
    assert.equal(inp.navigationType, 'navigate');
    const { ours, theirs } = await page.evaluate(() => ({ ours: soft.at(-1), theirs: theirSoft }));
    const value = (name) => theirs.findLast((vital) => vital.name === name).value;
    assert.equal(ours.fcp, value('fcp'));
    assert.equal(ours.lcp, value('lcp'));
    assert.ok(ours.lcp > ours.fcp);
    assert.equal(ours.url, theirs[0].url);
    assert.equal(new URL(ours.url).pathname, '/list');
    assert.ok(ours.at > 0);
  }));

test('an element that was measured can be collected once it is removed', () =>
  visiting('/removing', async (page) => {
    // Nothing shifts that was not painted before.
    await page.waitForFunction(() => ours.some((v) => v.name === 'cls'));
    await page.evaluate(() => shift(200));
    await page.click('#b');
    await page.waitForFunction(() =>
      ['lcp', 'cls', 'inp'].every((name) => ours.some((v) => v.name === name && v.target)),
    );
    const kept = await page.evaluateHandle(() => {
      const all = document.getElementById('all');
      const refs = [...all.querySelectorAll('*')].map((element) => new WeakRef(element));
      all.remove();
      return refs;
    });
    await painted(page);
    // The browser itself holds the target of the last events.
    await page.mouse.click(5, 5);
    await page.evaluate(() => new Promise((done) => requestIdleCallback(() => done())));
    const client = await page.createCDPSession();
    await client.send('HeapProfiler.collectGarbage');
    const left = await kept.evaluate((refs) => refs.map((ref) => ref.deref()?.outerHTML).filter(Boolean));
    assert.deepEqual(left, []);
  }));

test('long frames come as the browser tells them', () =>
  visiting('/buttons', async (page) => {
    await page.click('#b');
    const name = 'BUTTON#b.onclick';
    const find = (name) => frames.flatMap(({ scripts }) => scripts).find(({ invoker }) => invoker === name);
    await page.waitForFunction(find, {}, name);
    const script = await page.evaluate(find, name);
    assert.ok(script.duration >= 150, JSON.stringify(script));
    assert.equal(script.windowAttribution, 'self');
  }));
