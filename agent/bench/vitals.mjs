// Whether visitors feel the agent: LCP, INP and CLS of the page with Limen and without, in turn, by the page's own observer.
import { NONE } from './contestants.mjs';
import { mannWhitney, median, shift } from './ranks.mjs';
import { openTab } from './visit.mjs';

/** Shorter thoughts than in the other visits: what is measured is not the pauses. */
const THINK_MILLIS = 120;
const METRICS = ['lcp', 'inp', 'cls'];
/** A p-value below it says that the two are told apart. */
export const DISTINGUISHED_BELOW = 0.05;

export async function compareVitals(bench, limen, runs, say) {
  const seen = { none: [], limen: [] };
  // The first visits fill caches of the machine and are not counted.
  for (const contestant of [NONE, limen]) await visitOnce(bench, contestant);
  for (let run = 0; run < runs; run += 1) {
    const pair = run % 2 === 0 ? [NONE, limen] : [limen, NONE];
    for (const contestant of pair) seen[contestant.name].push(await visitOnce(bench, contestant));
    say(`vitals: ${run + 1} of ${runs}`);
  }
  const of = (name, metric) => seen[name].map((values) => values[metric]);
  const metrics = METRICS.map((metric) => {
    const [without, withLimen] = [of('none', metric), of('limen', metric)];
    return {
      metric,
      none: median(without),
      limen: median(withLimen),
      shift: shift(withLimen, without),
      p: mannWhitney(withLimen, without).p,
    };
  });
  return { runs, metrics, values: seen };
}

async function visitOnce({ browser, site, receiver }, contestant) {
  receiver.begin();
  site.offer(contestant, { think: THINK_MILLIS, vitals: true });
  const tab = await openTab(browser, site);
  try {
    await tab.click(await tab.load());
    const vitals = await tab.page.evaluate(() => globalThis.benchVitals());
    if (vitals.lcp === 0 || vitals.interactions === 0) throw new Error(`no vitals: ${JSON.stringify(vitals)}`);
    await tab.leave();
    const sent = await receiver.silent();
    if (contestant.script && sent.posts.length === 0) throw new Error(`${contestant.name} sent nothing`);
    return vitals;
  } finally {
    await tab.close();
  }
}
