// Measures Limen's browser agent beside its peers; `cargo xtask bench agent` runs it, and says how.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../test/browser.mjs';
import { prepare } from './contestants.mjs';
import { measure } from './measure.mjs';
import { openReceiver } from './receiver.mjs';
import { write } from './report.mjs';
import { openSite } from './site.mjs';
import { judge, summarize } from './summary.mjs';
import { compareVitals } from './vitals.mjs';
import { weigh } from './weights.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    /** Instead of the rounds: so many visits with Limen and without. */
    vitals: { type: 'string' },
    only: { type: 'string' },
    limen: { type: 'string' },
    out: { type: 'string' },
    /** Fails when an aim is not met. */
    check: { type: 'boolean', default: false },
  },
});

/** What else runs on the machine disturbs: the report says how much there was. */
const load = { worst: loadavg()[0], cores: availableParallelism() };
const out = options.out ?? fileOf('../../target/bench/agent.json');
const limenPath = options.limen ?? fileOf('../dist/limen.js');
const say = (text) => {
  console.error(text);
  load.worst = Math.max(load.worst, loadavg()[0]);
};

const prepared = await prepare(limenPath, options.only?.split(','));
const receiver = await openReceiver();
const site = await openSite(prepared.scripts, receiver.origin);
const browser = await openBrowser();
const bench = { browser, site, receiver };
let document;
try {
  const before = await readBefore(prepared.contestants.find(({ name }) => name === 'limen')?.hash);
  document = {
    ...before,
    chromium: browser.version(),
    date: new Date().toISOString().slice(0, 10),
    ...(options.vitals
      ? { vitals: await runVitals(Number(options.vitals)) }
      : { cost: await runRounds(Number(options.rounds)) }),
  };
} finally {
  await browser.close();
  await site.close();
  await receiver.close();
}
const verdicts = judge(document.cost, document.vitals);
await mkdir(dirname(out), { recursive: true });
await writeFile(out, `${JSON.stringify({ ...document, aims: verdicts }, undefined, 2)}\n`);
const section = write(document);
await writeFile(out.replace(/\.json$/, '.md'), section);
console.log(section);
if (options.check && verdicts.some(({ met }) => !met)) process.exitCode = 1;

async function runRounds(count) {
  const { contestants, floor } = prepared;
  const rounds = [];
  for (let round = 0; round < count; round += 1) {
    const figures = {};
    // Each round begins with another, so that none always follows the same.
    const order = contestants.map((_, index) => contestants[(index + round) % contestants.length]);
    for (const contestant of order) {
      say(`round ${round + 1} of ${count}: ${contestant.title}`);
      figures[contestant.name] = await measure(bench, contestant);
    }
    rounds.push(figures);
  }
  return { ...summarize(contestants, rounds, floor), weights: await weigh(), load, each: rounds };
}

async function runVitals(runs) {
  const limen = prepared.contestants.find(({ name }) => name === 'limen');
  return { hash: limen.hash, ...(await compareVitals(bench, limen, runs, say)), load };
}

/** The other mode's figures of the same script; those of another build are dropped. */
async function readBefore(hash) {
  const text = await readFile(out, 'utf8').catch(() => undefined);
  if (!text) return {};
  const { cost, vitals } = JSON.parse(text);
  const costHash = cost?.rows.find(({ name }) => name === 'limen')?.hash;
  return { ...(costHash === hash ? { cost } : {}), ...(vitals?.hash === hash ? { vitals } : {}) };
}

function fileOf(path) {
  return new URL(path, import.meta.url).pathname;
}
