// Writes the section of docs/benchmarks.md: how it was measured, the tables, and the aims.
import { THROTTLE } from './measure.mjs';
import { CLICKS, REQUESTS } from './visit.mjs';
import { judge, whole } from './summary.mjs';

const HEADING = '## The browser agent';

/** `document`: what target/bench/agent.json holds. */
export function write({ chromium, date, cost, vitals }) {
  const parts = [HEADING, ...opening(chromium, date)];
  if (cost) parts.push(sizes(cost), ...weights(cost.weights), ...processor(cost), sent(cost));
  if (vitals) parts.push(felt(vitals));
  parts.push(aims(judge(cost, vitals)));
  return `${parts.join('\n\n')}\n`;
}

const opening = (chromium, date) => [
  wrap(
    `Measured by \`cargo xtask bench agent\` on ${date} in Chromium ${chromium}, Limen in its default configuration ` +
      'beside its peers, each set up as its guide says for vitals, errors, requests, clicks and routes, without session ' +
      'replay, and with its default batches. The receivers are played on the loopback address; a contestant that does ' +
      'not deliver what the visit has fails the run.',
  ),
  wrap(
    `One visit: a page of lists and pictures, 10 routes, ${CLICKS} clicks of real input, ${REQUESTS} requests by fetch and ` +
      'XMLHttpRequest, two errors, about 20 seconds, then on to another page. Every script is the first deferred one. ' +
      'The contestants take turns within a round, each visit in a fresh profile; the figures are medians of the rounds, ' +
      'and differences are taken within a round.',
  ),
];

function sizes({ rows, floor }) {
  const line = ({ title, version, plain, gzip, brotli }) => [
    named(title, version),
    whole(plain),
    whole(gzip),
    whole(brotli),
  ];
  const lines = [
    ...rows.map(line),
    ['web-vitals with attribution alone', whole(floor.plain), whole(floor.gzip), whole(floor.brotli)],
  ];
  return table(['script, bytes', 'minified', 'gzip -9', 'brotli 11'], lines);
}

function weights({ whole: all, rows }) {
  const sum = rows.reduce((total, { gzip }) => total + gzip, 0);
  return [
    wrap(
      'What each part of it weighs: how many bytes fewer the script has, shortened and under gzip -9, when the files of ' +
        'that part alone do nothing. What parts share is in the rest.',
    ),
    table(
      ['part of the agent', 'gzip -9'],
      [...rows, { part: 'the rest: public functions, start, clocks, listeners, names', gzip: all - sum }].map(
        ({ part, gzip }) => [part, whole(gzip)],
      ),
    ),
  ];
}

function processor({ rounds, rows, alone, load }) {
  const otel = rows.find(({ name }) => name === 'otel');
  const ratio = (row, key) => (otel ? (row[key] / otel[key]).toFixed(2) : '');
  const times = rows.map((row) => [
    named(row.title),
    row.evaluation.toFixed(1),
    row.start.toFixed(1),
    ratio(row, 'start'),
    row.self.toFixed(1),
    ratio(row, 'self'),
    row.taskOver.toFixed(0),
    row.slowStart.toFixed(1),
    row.slowLater.toFixed(1),
    whole(row.heapOver),
  ]);
  const head = [
    ...[
      'main thread, ms of CPU',
      'evaluation',
      'evaluation and start',
      '/ OpenTelemetry',
      'self time',
      '/ OpenTelemetry',
    ],
    ...[
      'all tasks over none',
      `at ${THROTTLE}x: evaluation`,
      `at ${THROTTLE}x: longest own task`,
      'heap over none, KB',
    ],
  ];
  return [
    table(head, times),
    wrap(
      `Medians of ${rounds} rounds. *Evaluation* is EvaluateScript and v8.compile of the script in the browser's trace; ` +
        '*start* adds what the agent does until the first click; *self time* is the evaluation and the own part of every ' +
        'later task, leaving included. The own part of a task is its CPU time times the share of its samples, one every ' +
        "100 µs, whose innermost frame with a script is the agent's: natives it calls count, functions of the page that it " +
        'wraps do not. *All tasks over none* is the CPU time of all tasks less that of the page without agent ' +
        `(${alone.task.toFixed(0)} ms) in the same round, without sampling. *Longest own task* is the greatest own part of ` +
        `one task with the processor slowed ${THROTTLE} times, and beside it the evaluation under the same. Heap is taken after ` +
        `a garbage collection at the end of the visit (none: ${whole(alone.heap)} KB). ${busy(load)}`,
    ),
  ];
}

function sent({ rows }) {
  const line = (row) => [
    named(row.title),
    ...['requests', 'preflights', 'bodyBytes', 'headerBytes', 'records'].map((key) => whole(row[key])),
  ];
  return table(
    ['sent in the visit', 'requests', 'preflights', 'bytes of bodies', 'bytes of headers', 'records'],
    rows.map(line),
  );
}

function felt({ runs, metrics, load }) {
  const lines = metrics.map(({ metric, none, limen, shift, p }) => {
    const digits = metric === 'cls' ? 4 : 1;
    const interval = `${shift.by.toFixed(digits)} (${shift.low.toFixed(digits)} to ${shift.high.toFixed(digits)})`;
    const unit = metric === 'cls' ? '' : ', ms';
    return [`${metric.toUpperCase()}${unit}`, none.toFixed(digits), limen.toFixed(digits), interval, p.toFixed(3)];
  });
  const text = wrap(
    `What visitors feel, by an observer in the page that is not the agent: ${runs} visits with Limen and ${runs} without, ` +
      'in turn. The difference is the median of all differences (Hodges-Lehmann) with its 95 % interval; p is that of the ' +
      'two-sided Mann-Whitney U test (normal approximation, corrected for ties). Event durations come in steps of 8 ms. ' +
      busy(load),
  );
  return `${text}\n\n${table(['median', 'without', 'with Limen', 'difference', 'p'], lines)}`;
}

/** The harness and the browser make a load of their own of about the number of the cores. */
const busy = ({ worst, cores }) =>
  `The load of the machine came to ${worst.toFixed(1)} on ${cores} cores${worst > cores * 2 ? ': other programs disturbed the run' : ''}.`;

const aims = (lines) =>
  table(
    ['aim', 'value', ''],
    lines.map(({ aim, value, met }) => [aim, value, met ? 'met' : '**not met**']),
  ).replace('--:|--:|', '---|---|');

const named = (title, version) => (version ? `${title} ${version}` : title);

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), `|---|${'--:|'.repeat(head.length - 1)}`, ...rows.map(line)].join('\n');
}

const COLUMNS = 118;

function wrap(text) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (longer.length <= COLUMNS) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join('\n');
}
