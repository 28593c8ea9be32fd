// Takes a picture of every page and state, light and dark, wide and narrow, into artefacts/, and lists what the console said.
//
// `npm run -w ui screenshots -- overview` takes only those whose name contains the word.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openBrowser, openMock } from './browser.mjs';

const folder = fileURLToPath(new URL('../artefacts/', import.meta.url));
const only = process.argv[2] ?? '';
const SIZES = [
  { name: '1440', width: 1440, height: 900 },
  { name: '390', width: 390, height: 844 },
];

const mock = await openMock();
const all = await mock.ask('sessions?limit=200');
const rich = all.sessions.filter((session) => session.views > 3 && session.errors > 0)[0] ?? all.sessions[0];
const person = all.sessions.find((session) => session.user_id)?.user_id ?? rich.id;
const story = await mock.ask(`sessions/${rich.id}`);
const route = story.views.find((view) => view.kind === 'route') ?? story.views[0];
const load = story.views.find((view) => view.kind === 'load') ?? story.views[0];

const shots = [
  { name: 'overview', path: '/' },
  {
    name: 'overview-24h-filtered',
    path: '/?last=24h&filter=route%3A%2Fproduct%2F%3Aid&filter=os%3AAndroid&metric=inp&by=country',
  },
  { name: 'overview-tiny', path: '/?last=15m&filter=country%3ABR&filter=browser%3AFirefox' },
  { name: 'overview-empty', path: '/', state: 'empty' },
  { name: 'overview-error', path: '/', state: 'error' },
  { name: 'overview-forbidden', path: '/', state: 'forbidden' },
  { name: 'overview-slow', path: '/', state: 'slow', wait: 4300 },
  { name: 'overview-hostile', path: '/', state: 'hostile' },
  { name: 'sessions', path: '/sessions' },
  { name: 'sessions-none', path: '/sessions?filter=country%3AXX' },
  { name: 'sessions-error', path: '/sessions', state: 'error' },
  { name: 'sessions-hostile', path: '/sessions', state: 'hostile' },
  { name: 'session', path: `/sessions/${rich.id}` },
  {
    name: 'session-resources',
    path: `/sessions/${rich.id}`,
    act: (page) => page.getByTestId('resources').first().locator('summary').first().click(),
  },
  { name: 'session-hostile', path: `/sessions/${rich.id}`, state: 'hostile' },
  { name: 'session-missing', path: `/sessions/${'0'.repeat(32)}` },
  { name: 'traces', path: '/traces' },
  { name: 'trace-route', path: `/traces/${route.trace_id}` },
  { name: 'trace-load', path: `/traces/${load.trace_id}` },
  {
    name: 'trace-sql',
    path: `/traces/${route.trace_id}`,
    act: async (page) => page.getByTestId('span-row').filter({ hasText: 'FOR UPDATE' }).first().click(),
  },
  { name: 'trace-flame', path: `/traces/${route.trace_id}?as=flame`, act: (page) => page.getByTestId('flame').focus() },
  { name: 'trace-flame-hostile', path: `/traces/${load.trace_id}?as=flame`, state: 'hostile' },
  { name: 'trace-hostile', path: `/traces/${load.trace_id}`, state: 'hostile' },
  { name: 'pages', path: '/pages' },
  { name: 'pages-hostile', path: '/pages', state: 'hostile' },
  { name: 'page', path: '/page?route=%2Fproduct%2F%3Aid&last=24h' },
  { name: 'page-hostile', path: '/page?route=%2Fproduct%2F%3Aid', state: 'hostile' },
  { name: 'page-none', path: '/page?route=%2Fnowhere' },
  { name: 'explore', path: '/explore' },
  { name: 'explore-map', path: '/explore?as=map&last=7d' },
  { name: 'explore-map-errors', path: '/explore?as=map&metric=errors&last=15m' },
  { name: 'explore-map-hostile', path: '/explore?as=map', state: 'hostile' },
  { name: 'explore-hostile', path: '/explore', state: 'hostile' },
  { name: 'usage', path: '/data/usage?last=24h' },
  { name: 'usage-empty', path: '/data/usage', state: 'empty' },
  { name: 'usage-error', path: '/data/usage', state: 'error' },
  { name: 'usage-hostile', path: '/data/usage', state: 'hostile' },
  { name: 'limits', path: '/data/limits' },
  { name: 'limits-changed', path: '/data/limits', act: changeLimits },
  { name: 'rules', path: '/data/rules' },
  { name: 'rules-tried', path: '/data/rules', act: tryRules },
  { name: 'source-maps', path: '/data/source-maps' },
  { name: 'source-maps-empty', path: '/data/source-maps', state: 'empty' },
  { name: 'source-maps-hostile', path: '/data/source-maps', state: 'hostile' },
  {
    name: 'source-maps-delete',
    path: '/data/source-maps',
    act: (page) => page.getByRole('button', { name: 'Delete the source map' }).first().click(),
  },
  { name: 'retention', path: '/data/retention' },
  { name: 'retention-less', path: '/data/retention', act: keepLess },
  { name: 'people', path: '/data/people' },
  { name: 'people-found', path: '/data/people', act: findPerson },
  {
    name: 'people-erase',
    path: '/data/people',
    act: async (page) => {
      await findPerson(page);
      await page.getByRole('button', { name: 'Erase…' }).click();
    },
  },
  { name: 'nowhere', path: '/else' },
  { name: 'palette', path: '/', act: (page) => page.keyboard.press('Control+k') },
  { name: 'keys', path: '/', act: (page) => page.keyboard.press('?') },
  { name: 'filter', path: '/', act: filterOpen },
  { name: 'range', path: '/', act: (page) => page.keyboard.press('t') },
];

async function changeLimits(page) {
  await page.getByLabel('Share of sessions').fill('25');
  await page.getByLabel('Events a second', { exact: true }).fill('many');
  await page.getByLabel('Events a day').fill('8 M');
}

async function tryRules(page) {
  await page.getByRole('button', { name: 'Try on this time' }).click();
  await page.getByLabel('A text to try them on').fill('Order ORD-123456 was paid.');
  await page.getByRole('button', { name: 'Try on the text' }).click();
  await page.getByTestId('redacted').waitFor({ timeout: 3000 });
}

async function keepLess(page) {
  await page.getByLabel('Views', { exact: true }).fill('3');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ timeout: 3000 });
}

async function findPerson(page) {
  await page.getByLabel('Id', { exact: true }).fill(person);
  await page.getByRole('button', { name: 'Look what there is' }).click();
  await page.getByTestId('person-found').waitFor({ timeout: 3000 });
}

async function filterOpen(page) {
  await page.keyboard.press('f');
  await page.getByRole('option', { name: 'Country' }).click();
  await page.getByRole('option', { name: 'Indonesia' }).waitFor({ timeout: 3000 });
}

// Fonts cannot arrive while slow answers hold every connection; a picture of that state must not wait for them.
process.env.PW_TEST_SCREENSHOT_NO_FONTS_READY = '1';

mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
for (const shot of shots.filter((one) => one.name.includes(only))) {
  await mock.become(shot.state ?? 'kind');
  for (const size of SIZES) for (const theme of ['light', 'dark']) await take(shot, size, theme);
}
await browser.close();
mock.close();

async function take(shot, size, theme) {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const name = `${shot.name}-${size.name}-${theme}`;
  page.on('pageerror', (error) => console.log(`${name}: ${error}`));
  page.on('console', (message) => {
    const expected = shot.state === 'error' || shot.state === 'forbidden' || shot.name.includes('missing');
    if (['error', 'warning'].includes(message.type()) && !(expected && message.text().includes('status of')))
      console.log(`${name}: ${message.text()}`);
  });
  await page.goto(mock.address + shot.path, { waitUntil: shot.state === 'slow' ? 'load' : 'networkidle' });
  if (shot.wait) await page.waitForTimeout(shot.wait);
  try {
    await shot.act?.(page);
  } catch (error) {
    console.log(`${name}: ${String(error).split('\n')[0]}`);
  }
  await page.waitForTimeout(150);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) console.log(`${name}: the page is ${wide} px wider than the screen`);
  if (await page.evaluate(() => 'hacked' in window)) console.log(`${name}: markup from telemetry was run`);
  await page.screenshot({
    path: `${folder}${name}.png`,
    fullPage: !['palette', 'keys', 'filter', 'range', 'retention-less', 'people-erase', 'source-maps-delete'].includes(
      shot.name,
    ),
  });
  await context.close();
}
