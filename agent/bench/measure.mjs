// The visits that measure one contestant once: undisturbed, sampled, and sampled on a slow processor.
import { countKinds, recordsOf } from './decode.mjs';
import { demandSeen } from './contestants.mjs';
import { samplesOf } from './profile.mjs';
import { median } from './ranks.mjs';
import { cpuMillis, firstClickAt, ownByTask, startTrace, startingOf, stopTrace } from './trace.mjs';
import { openTab } from './visit.mjs';

/** How long the visitor thinks before each click: 30 clicks make a visit of about 20 seconds. */
export const THINK_MILLIS = 550;
export const THROTTLE = 4;
const AGENT = '/agent.js';
const LOADS = 3;

/** Everything about one contestant in one round. */
export async function measure(bench, contestant) {
  const plain = await plainVisit(bench, contestant);
  if (!contestant.script) return plain;
  const evaluation = await evaluationOf(bench, contestant, 1);
  const slowStart = await evaluationOf(bench, contestant, THROTTLE);
  const sampled = await sampledVisit(bench, contestant, 1);
  const slow = await sampledVisit(bench, contestant, THROTTLE);
  return {
    ...plain,
    evaluation,
    start: evaluation + sampled.laterUntilRest,
    self: evaluation + sampled.later,
    slowStart,
    slowLater: slow.longestLater,
  };
}

async function withTab({ browser, site, receiver }, contestant, work) {
  receiver.begin();
  site.offer(contestant, { think: THINK_MILLIS });
  const tab = await openTab(browser, site);
  try {
    return await work(tab);
  } finally {
    await tab.close();
  }
}

/** CPU time, heap and what was sent, without any other instrument. */
const plainVisit = (bench, contestant) =>
  withTab(bench, contestant, async (tab) => {
    await tab.cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    await tab.click(await tab.load());
    const metrics = await metricsOf(tab.cdp);
    const heap = await heapOf(tab.cdp);
    await tab.leave();
    const sent = await bench.receiver.silent();
    const figures = { task: metrics.TaskDuration * 1000, script: metrics.ScriptDuration * 1000, heap };
    if (!contestant.script) return figures;
    const kinds = countKinds(sent.posts, contestant.kindsOf);
    demandSeen(contestant, kinds, sent.strangers);
    return {
      ...figures,
      kinds,
      records: recordsOf(kinds),
      requests: sent.posts.length,
      preflights: sent.preflights,
      bodyBytes: sent.bodyBytes,
      headerBytes: sent.headerBytes,
    };
  });

async function metricsOf(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

async function heapOf(cdp) {
  // The second round takes what the first one's finalizers let go.
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize;
}

/** Main thread CPU time of compiling and evaluating the script; without sampling, which slows compiling. */
async function evaluationOf(bench, contestant, throttle) {
  const loads = [];
  for (let load = 0; load < LOADS; load += 1) {
    loads.push(
      await withTab(bench, contestant, async (tab) => {
        await tab.cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle });
        await startTrace(tab.cdp);
        await tab.load();
        const starting = startingOf(await stopTrace(tab.cdp), AGENT);
        if (starting.length === 0) throw new Error(`the trace does not show ${contestant.name}'s script`);
        // What it sends as it is closed may come in the next visit, so this one is followed by none that counts bytes.
        return cpuMillis(starting);
      }),
    );
  }
  return median(loads);
}

/** The agent's own time in every task of the visit and its end, beside evaluating its script. */
const sampledVisit = (bench, contestant, throttle) =>
  withTab(bench, contestant, async (tab) => {
    await tab.cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await startTrace(tab.cdp, { sampling: true });
    await tab.click(await tab.load());
    await tab.leave();
    await bench.receiver.silent();
    const events = await stopTrace(tab.cdp);
    const later = ownByTask(events, samplesOf(events, AGENT), AGENT);
    const loaded = firstClickAt(events);
    const sum = (tasks) => tasks.reduce((total, { own }) => total + own, 0);
    return {
      later: sum(later),
      laterUntilRest: sum(later.filter(({ at }) => at < loaded)),
      longestLater: Math.max(...later.map(({ own }) => own)),
    };
  });
