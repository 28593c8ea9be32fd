// Real browsers that shop: `node traffic.mjs --shop URL [--visitors N] [--once] [--history N] [--chromium PATH]`.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findBrowser, INSTALL_HINT, startBrowser } from './browser.mjs';
import { devices } from './devices.mjs';
import { setClockBack } from './history.mjs';
import { startProxy } from './proxy.mjs';
import { shop } from './visit.mjs';

const NO_BROWSER = 3;
const VISITORS_MAX = 20;
const HISTORY_MAX = 2_000;
/** Earlier days that a history is spread over; as many as Explain compares a day with. */
const HISTORY_DAYS = 7;
const STEP_MAX_MILLIS = 30_000;
/** Thinking takes this long, and up to as long again. In `--once` nobody waits for effect. */
const THINK_MILLIS = 900;
const THINK_ONCE_MILLIS = 150;

const countries = JSON.parse(readFileSync(new URL('countries.json', import.meta.url), 'utf8'));
const stopping = new AbortController();
const counts = { visits: 0, orders: 0, failed: 0 };

const will = (probability) => Math.random() < probability;

function pick(choices) {
  let left = Math.random() * choices.reduce((sum, choice) => sum + choice.share, 0);
  return choices.find((choice) => (left -= choice.share) < 0) ?? choices[0];
}

/** An address of a network: any but its first and last. */
function addressIn(network) {
  const [first] = network.split('/');
  const [a, b] = first.split('.');
  return `${a}.${b}.${1 + Math.floor(Math.random() * 250)}.${1 + Math.floor(Math.random() * 250)}`;
}

async function think(millis) {
  await wait(millis * (1 + Math.random()), undefined, { signal: stopping.signal }).catch(() => {});
}

async function visit(browser, options, daysBehind = 0) {
  const country = pick(countries);
  const device = pick(options.devices);
  const proxy = await startProxy(addressIn(country.network), new URL(options.shop).hostname, daysBehind);
  const context = await browser.newContext({
    proxy: { server: proxy.url },
    viewport: device.viewport,
    deviceScaleFactor: device.deviceScaleFactor,
    isMobile: device.phone,
    hasTouch: device.phone,
    userAgent: device.userAgents[Math.floor(Math.random() * device.userAgents.length)],
    locale: country.language,
  });
  context.setDefaultTimeout(STEP_MAX_MILLIS);
  let steps = [];
  let trouble = '';
  try {
    if (daysBehind > 0) await context.addInitScript(setClockBack, daysBehind);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: device.slowdown });
    const millis = options.once || daysBehind > 0 ? THINK_ONCE_MILLIS : THINK_MILLIS;
    steps = await shop(page, {
      url: options.shop,
      will,
      think: () => think(millis),
      buysForSure: options.once,
      signal: stopping.signal,
    });
    await leave(page);
  } catch (error) {
    trouble = ` - ${String(error.message).split('\n')[0]}`;
    counts.failed += 1;
  } finally {
    await context.close().catch(() => {});
    proxy.close();
  }
  counts.visits += 1;
  if (steps.at(-1) === 'confirmation') counts.orders += 1;
  console.log(
    `${country.country} ${device.name}: ${steps.join(' > ') || 'nothing'}${trouble} (${counts.visits} visits, ${counts.orders} orders)`,
  );
  return trouble === '';
}

/** Leaves as a person does, by going elsewhere: the page hears that it is hidden and sends what it has. */
async function leave(page) {
  await page.goto('about:blank');
  await page.waitForTimeout(300);
  await page.close({ runBeforeUnload: false });
}

/** So many visits of earlier days, a few at a time; Limen has something to compare with afterwards. */
async function makeHistory(browser, options) {
  let left = options.history;
  const worker = async () => {
    while (left > 0 && !stopping.signal.aborted && browser.isConnected()) {
      const number = left--;
      await visit(browser, options, 1 + (number % HISTORY_DAYS));
    }
  };
  await Promise.all(Array.from({ length: options.visitors }, worker));
  if (options.history > 0) console.log(`the history is there: ${options.history - left} visits`);
}

async function visitor(browser, options, number) {
  // They do not all come through the door at once.
  await think(options.once ? 0 : number * 1_500);
  let good = true;
  do {
    good = (await visit(browser, options)) && good;
    if (!options.once) await think(THINK_MILLIS);
  } while (!options.once && !stopping.signal.aborted && browser.isConnected());
  return good;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      shop: { type: 'string', default: 'http://127.0.0.1:4700' },
      visitors: { type: 'string', default: '3' },
      history: { type: 'string', default: '0' },
      once: { type: 'boolean', default: false },
      chromium: { type: 'string' },
    },
  });
  const visitors = Number(values.visitors);
  if (!Number.isInteger(visitors) || visitors < 1 || visitors > VISITORS_MAX) {
    throw new Error(`--visitors must be a number from 1 to ${VISITORS_MAX}`);
  }
  const history = Number(values.history);
  if (!Number.isInteger(history) || history < 0 || history > HISTORY_MAX) {
    throw new Error(`--history must be a number from 0 to ${HISTORY_MAX}`);
  }
  return { ...values, visitors, history };
}

async function main() {
  const options = readOptions();
  const path = findBrowser(options.chromium);
  if (!path) {
    console.error(INSTALL_HINT);
    return NO_BROWSER;
  }
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const browser = await startBrowser(path);
  options.devices = devices(browser.version().split('.')[0]);
  await makeHistory(browser, options);
  const visits = Array.from({ length: options.visitors }, (_, number) => visitor(browser, options, number));
  const good = await Promise.all(visits);
  await browser.close();
  console.log(`done: ${counts.visits} visits, ${counts.orders} orders, ${counts.failed} failed`);
  return good.every(Boolean) || stopping.signal.aborted ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
