// Records what the page's main thread did by the browser's tracing, and finds the agent's part in its tasks.

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8', '__metadata'];
/** Samples of the stack every 100 microseconds, through navigations too. */
const SAMPLING = ['disabled-by-default-v8.cpu_profiler', 'disabled-by-default-v8.cpu_profiler.hires'];

export async function startTrace(cdp, { sampling = false } = {}) {
  await cdp.send('Tracing.start', {
    transferMode: 'ReturnAsStream',
    traceConfig: {
      recordMode: 'recordAsMuchAsPossible',
      includedCategories: sampling ? [...CATEGORIES, ...SAMPLING] : CATEGORIES,
      excludedCategories: ['*'],
    },
  });
}

/** All events of the trace. */
export async function stopTrace(cdp) {
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  const { stream, dataLossOccurred } = await complete;
  if (dataLossOccurred) throw new Error('the browser lost a part of the trace');
  const parts = [];
  for (let eof = false; !eof;) {
    const part = await cdp.send('IO.read', { handle: stream, size: 1 << 20 });
    parts.push(part.base64Encoded ? Buffer.from(part.data, 'base64').toString('utf8') : part.data);
    eof = part.eof;
  }
  await cdp.send('IO.close', { handle: stream });
  return JSON.parse(parts.join('')).traceEvents;
}

const urlOf = ({ args }) => args?.data?.url ?? args?.fileName ?? '';
const isOf = (event, agentPath) => urlOf(event).endsWith(agentPath);
const STARTING = new Set(['EvaluateScript', 'v8.compile']);

/** The agent's EvaluateScript and v8.compile on the main thread, nested ones within their outermost. */
export function startingOf(events, agentPath) {
  const thread = mainThreadOf(events);
  const found = events
    .filter((event) => STARTING.has(event.name) && event.dur !== undefined && isOn(event, thread))
    .filter((event) => isOf(event, agentPath))
    .sort((one, other) => one.ts - other.ts);
  let end = 0;
  return found.filter((event) => {
    if (event.ts < end) return false;
    end = event.ts + event.dur;
    return true;
  });
}

/** CPU time of the thread where the browser tells it: a busy machine stretches the other. */
const cpuMicros = ({ dur, tdur }) => tdur ?? dur;
export const cpuMillis = (events) => events.reduce((sum, event) => sum + cpuMicros(event), 0) / 1000;

/** All tasks of the page's main thread, in order. */
export function tasksOf(events) {
  const thread = mainThreadOf(events);
  return events
    .filter((event) => event.name === 'RunTask' && event.dur !== undefined && isOn(event, thread))
    .sort((one, other) => one.ts - other.ts);
}

/**
 * The agent's own time in each task, in milliseconds: its share of the task's samples times the task's CPU time,
 * which another program on the same processor does not stretch. Evaluating its script is left out, for compiling has no samples of its own.
 */
export function ownByTask(events, samples, agentPath) {
  const starting = startingOf(events, agentPath);
  let next = 0;
  return tasksOf(events).map((task) => {
    const end = task.ts + task.dur;
    const starts = starting.filter(({ ts }) => ts >= task.ts && ts < end);
    const within = (at) => starts.some(({ ts, dur }) => at >= ts && at < ts + dur);
    let own = 0;
    let all = 0;
    while (next < samples.length && samples[next].at < task.ts) next += 1;
    for (; next < samples.length && samples[next].at < end; next += 1) {
      if (within(samples[next].at)) continue;
      all += 1;
      if (samples[next].own) own += 1;
    }
    const rest = Math.max(0, cpuMillis([task]) - cpuMillis(starts));
    return { at: task.ts, own: all > 0 ? (own / all) * rest : 0 };
  });
}

/** When the first click came: until then the page loads. */
export function firstClickAt(events) {
  const thread = mainThreadOf(events);
  const clicks = events.filter((event) => event.name === 'EventDispatch' && event.args?.data?.type === 'click');
  return Math.min(...clicks.filter((event) => isOn(event, thread)).map(({ ts }) => ts));
}

/** The main thread of the process that evaluated the page's own script. */
export function mainThreadOf(events) {
  const page = events.find((event) => event.name === 'EvaluateScript' && isOf(event, '/app.js'));
  if (!page) throw new Error('the trace does not show the page');
  return page;
}

export const isOn = (event, { pid, tid }) => event.pid === pid && event.tid === tid;
