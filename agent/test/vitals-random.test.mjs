// Visits at random, measured by our code and by Google's library: the same at the end.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertSame, hide, painted } from './vitals-pages/compare.mjs';
import { pages } from './vitals-pages/pages.mjs';
import { openLab } from './vitals-pages/site.mjs';

let site;
before(async () => (site = await openLab(pages)));
after(() => site.close());

/** Seeds of visits at random: VITALS_SEEDS=20 makes more of them. */
const SEEDS = Number(process.env.VITALS_SEEDS ?? 2);

const deeds = [
  (page) => page.click('#a'),
  (page) => page.click('#b'),
  (page) => page.click('#push'),
  (page) => page.type('#text', 'xy'),
  (page) => page.focus('#a').then(() => page.keyboard.press('x')),
  (page) => page.evaluate(() => shift(Math.round(performance.now()) % 400)),
  (page, _elsewhere, random) =>
    page.evaluate((millis) => new Promise((done) => setTimeout(done, millis)), random() * 1_200),
  (page, elsewhere) => hide(page, elsewhere).then(() => page.bringToFront()),
  async (page) => {
    await page.goto(`${site.origin}/empty`);
    await page.goBack();
  },
];

for (let seed = 1; seed <= SEEDS; seed++) {
  test(`a visit at random is measured the same: ${seed}`, () =>
    site.visiting('/anything', async (page, elsewhere) => {
      let state = seed * 7_919;
      const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
      for (let i = 0; i < 25; i++) await deeds[Math.floor(random() * deeds.length)](page, elsewhere, random);
      await painted(page);
      await hide(page, elsewhere);
      assert.ok((await assertSame(page)).length >= 4);
    }));
}
