// Draws the figures together: medians over the rounds, differences within a round, and how we stand to our aims.
import { THROTTLE } from './measure.mjs';
import { median } from './ranks.mjs';
import { DISTINGUISHED_BELOW } from './vitals.mjs';

/** What the agent is to keep; the sizes in bytes, the times in milliseconds. */
const GZIP_MAX = 14_000;
const GZIP_AIM = 12_000;
const SELF_OF_OTEL = 0.6;
const LONGEST_TASK = 10;
const HEAP_KB = 300;
const REQUESTS = 5;
const BYTES_OF_DATADOG = 1 / 20;

/** `rounds`: a map of contestants to their figures for each round. */
export function summarize(contestants, rounds, floor) {
  const ofNone = rounds.map((round) => round.none);
  const rows = contestants
    .filter(({ script }) => script)
    .map(({ name, title, version, full, sizes, hash }) => {
      const figures = rounds.map((round) => round[name]);
      const of = (key) => median(figures.map((figure) => figure[key]));
      const over = (key) => median(figures.map((figure, index) => figure[key] - ofNone[index][key]));
      return {
        ...{ name, title, version, full: full === true, hash, ...sizes },
        ...{ evaluation: of('evaluation'), start: of('start'), self: of('self') },
        ...{ taskOver: over('task'), scriptOver: over('script'), heapOver: over('heap') / 1000 },
        ...{ slowStart: of('slowStart'), slowLater: of('slowLater') },
        ...{ requests: of('requests'), preflights: of('preflights') },
        ...{ bodyBytes: of('bodyBytes'), headerBytes: of('headerBytes'), records: of('records') },
        kinds: figures[0].kinds,
      };
    });
  const alone = { task: median(ofNone.map(({ task }) => task)), heap: median(ofNone.map(({ heap }) => heap)) / 1000 };
  return { rounds: rounds.length, alone, rows, floor };
}

/** A line for each aim: what it is, the value, and whether it is met; nothing where the run cannot tell. */
export function judge(cost, vitals) {
  const row = (name) => cost?.rows.find((each) => each.name === name);
  const limen = row('limen');
  const lines = [];
  const aim = (text, value, met) => lines.push({ aim: text, value, met });
  if (limen) {
    aim(
      `gzip at most ${whole(GZIP_MAX)} bytes (better ${whole(GZIP_AIM)})`,
      `${whole(limen.gzip)}`,
      limen.gzip <= GZIP_MAX,
    );
    judgeBeside(
      aim,
      limen,
      row('otel'),
      row('datadog'),
      cost.rows.filter(({ full }) => full),
    );
    const longest = Math.max(limen.slowStart, limen.slowLater);
    const which = limen.slowStart >= limen.slowLater ? 'the evaluation' : 'a later one';
    const task = `no own task over ${LONGEST_TASK} ms on a processor slowed ${THROTTLE} times`;
    aim(task, `${longest.toFixed(1)} ms, ${which}`, longest <= LONGEST_TASK);
    aim(`heap at most ${HEAP_KB} KB over the page's`, `${whole(limen.heapOver)} KB`, limen.heapOver <= HEAP_KB);
    aim(`at most ${REQUESTS} requests in the visit`, whole(limen.requests), limen.requests <= REQUESTS);
  }
  for (const { metric, shift, p } of vitals?.metrics ?? []) {
    const digits = metric === 'cls' ? 4 : 1;
    const value = `${shift.by.toFixed(digits)} (${shift.low.toFixed(digits)} to ${shift.high.toFixed(digits)}), p ${p.toFixed(2)}`;
    aim(`${metric.toUpperCase()} not told apart from the page without`, value, p >= DISTINGUISHED_BELOW);
  }
  return lines;
}

function judgeBeside(aim, limen, otel, datadog, full) {
  if (otel) {
    const ratios = { start: limen.start / otel.start, self: limen.self / otel.self };
    aim("evaluation and start at most OpenTelemetry's", `${ratios.start.toFixed(2)} of it`, ratios.start <= 1);
    aim(
      `self time at most ${SELF_OF_OTEL} of OpenTelemetry's`,
      `${ratios.self.toFixed(2)} of it`,
      ratios.self <= SELF_OF_OTEL,
    );
  }
  if (full.length > 0) {
    const least = full.reduce((best, each) => (each.self < best.self ? each : best));
    const value = `${limen.self.toFixed(1)} ms; the least of theirs is ${least.self.toFixed(1)} ms (${least.title})`;
    aim('self time below that of every full peer', value, limen.self < least.self);
  }
  if (datadog) {
    const value = `1/${(datadog.bodyBytes / limen.bodyBytes).toFixed(1)}`;
    aim("bytes sent at most 1/20 of Datadog's", value, limen.bodyBytes <= datadog.bodyBytes * BYTES_OF_DATADOG);
  }
}

/** 14,000 as people read it. */
export const whole = (number) => Math.round(number).toLocaleString('en-US');
