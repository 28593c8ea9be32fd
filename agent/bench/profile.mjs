// Reads the stack samples of a trace: whose each is, by the innermost frame that has a script.
import { mainThreadOf } from './trace.mjs';

/**
 * The samples of the page's main thread as { at, own }; `at` in microseconds, as in the trace's other events.
 * A sample is the agent's own when the innermost frame with a URL is of its script: natives that it calls count, and
 * functions of the page that it only wraps do not.
 */
export function samplesOf(events, agentPath) {
  const { pid, tid } = mainThreadOf(events);
  const begun = events.find((event) => event.name === 'Profile' && event.pid === pid && event.tid === tid);
  if (!begun) throw new Error('the trace has no samples of the page');
  const chunks = events.filter((event) => event.name === 'ProfileChunk' && event.pid === pid && event.id === begun.id);
  // Later chunks name nodes of earlier ones, and chunks are not always in order.
  chunks.sort((one, other) => one.ts - other.ts);
  const isOwn = judgeOf(
    chunks.flatMap(({ args }) => args.data.cpuProfile?.nodes ?? []),
    agentPath,
  );
  let clock = begun.args.data.startTime;
  const samples = [];
  for (const { args } of chunks) {
    const deltas = args.data.timeDeltas ?? [];
    for (const [index, id] of (args.data.cpuProfile?.samples ?? []).entries()) {
      clock += deltas[index];
      samples.push({ at: clock, own: isOwn(id) });
    }
  }
  return samples.sort((one, other) => one.at - other.at);
}

function judgeOf(list, agentPath) {
  const nodes = new Map(list.map((node) => [node.id, node]));
  const judged = new Map();
  return function isOwn(id) {
    if (!judged.has(id)) {
      const { callFrame, parent } = nodes.get(id);
      judged.set(id, callFrame.url ? callFrame.url.endsWith(agentPath) : parent !== undefined && isOwn(parent));
    }
    return judged.get(id);
  };
}
