// A fuzzed visit looks the same to the page with the agent as without it: errors, document, layout, requests, calls.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './browser.mjs';
import { fuzzedVisit, openFuzzSite } from './fuzz-drive.mjs';

/** Any numbers will do; FUZZ_SEEDS=1,2,3 tries others. */
const SEEDS = (process.env.FUZZ_SEEDS ?? '4242,7,20261123').split(',').map(Number);
const ACTS = Number(process.env.FUZZ_ACTS ?? 200);
/** All that an agent can be asked to watch besides. */
const EVERYTHING =
  'data-console="log,info,debug,warn,error" data-reports data-user-timing data-allow-text data-offline';

const WAYS = [
  { attributes: '' },
  { attributes: EVERYTHING },
  // As in browsers that have none: history is patched.
  { attributes: EVERYTHING, navigationApi: false },
];

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

/** The first place where two lists part, with what led there; whole lists are too long to read. */
function assertSame(what, actual, expected) {
  const index = expected.findIndex((line, at) => line !== actual[at]);
  const at = index < 0 && actual.length > expected.length ? expected.length : index;
  if (at < 0) return;
  const before = expected.slice(Math.max(0, at - 6), at).map((line) => `    ${line}`);
  const shown = [...before, `  with the agent: ${actual[at]}`, `  without:        ${expected[at]}`];
  assert.fail(`${what} differ at ${at}:\n${shown.join('\n').slice(0, 4_000)}`);
}

for (const seed of SEEDS) {
  test(`seed ${seed}: ${ACTS} acts look the same to the page with the agent and without`, async (context) => {
    context.diagnostic(`seed ${seed}; FUZZ_SEEDS=${seed} repeats it`);
    const site = await openFuzzSite(WAYS[seed % WAYS.length]);
    try {
      const actual = await fuzzedVisit(browser, site, { seed, count: ACTS, withAgent: true });
      const sent = site.receiver.bodies.length;
      const expected = await fuzzedVisit(browser, site, { seed, count: ACTS, withAgent: false });
      assert.deepEqual([actual.running, expected.running], ['object', 'undefined']);
      assertSame('the logs of the page', actual.lines, expected.lines);
      assertSame('the consoles', actual.console, expected.console);
      assertSame('the uncaught errors', actual.uncaught, expected.uncaught);
      assertSame('the layouts', actual.looks.boxes, expected.looks.boxes);
      assert.deepEqual(actual.looks, expected.looks);
      assert.ok(sent > 0, 'the agent has watched and reported');
    } finally {
      await site.close();
    }
  });
}
