// Measures one page twice, by our code and by Google's library, and notes every value that either tells.
import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution';
import { collectVitals } from '../../src/vitals/index.ts';
import { collectFrames } from '../../src/vitals/frames.ts';

globalThis.ours = [];
globalThis.theirs = [];
globalThis.soft = [];
globalThis.frames = [];

const core = ({ name, value, id, rating, navigationType }) => ({
  name,
  value,
  id,
  rating,
  navigationType,
  // How many long frames were known by then.
  frames: frames.length,
});

function measureByUs() {
  collectVitals(
    (vital) => ours.push({ ...core(vital), target: vital.target, details: vital.details }),
    (url) => url,
    (navigation) => soft.push(navigation),
    globalThis.notedHiddenAt,
  );
  collectFrames((frame) => frames.push(JSON.parse(JSON.stringify(frame))));
}

function measureByThem() {
  const told = (metric) =>
    theirs.push({
      ...core(metric),
      name: metric.name.toLowerCase(),
      target:
        metric.attribution.target ?? metric.attribution.interactionTarget ?? metric.attribution.largestShiftTarget,
      details: detailsOf[metric.name](metric.attribution),
    });
  for (const on of [onTTFB, onFCP, onLCP, onCLS, onINP]) on(told, { reportAllChanges: true });
}

// Their attribution in our words; what is not listed on their side has to be undefined on ours.
const detailsOf = {
  TTFB: (a) => ({
    waiting_duration: a.waitingDuration,
    cache_duration: a.cacheDuration,
    dns_duration: a.dnsDuration,
    connection_duration: a.connectionDuration,
    request_duration: a.requestDuration,
  }),
  FCP: (a) => ({
    time_to_first_byte: a.timeToFirstByte,
    first_byte_to_fcp: a.firstByteToFCP,
    load_state: a.loadState,
  }),
  LCP: (a) => ({
    url: a.url,
    size: a.lcpEntry?.size,
    time_to_first_byte: a.timeToFirstByte,
    resource_load_delay: a.resourceLoadDelay,
    resource_load_duration: a.resourceLoadDuration,
    element_render_delay: a.elementRenderDelay,
  }),
  CLS: (a) => ({
    largest_shift_time: a.largestShiftTime,
    largest_shift_value: a.largestShiftValue,
    load_state: a.loadState,
  }),
  INP: (a) => ({
    type: a.interactionType,
    time: a.interactionTime,
    input_delay: a.inputDelay,
    processing_duration: a.processingDuration,
    presentation_delay: a.presentationDelay,
    load_state: a.loadState,
    script_url: a.longestScript?.entry.sourceURL || undefined,
    script_function: a.longestScript?.entry.sourceFunctionName || undefined,
    script_invoker_type: a.longestScript?.entry.invokerType,
    script_invoker: a.longestScript?.entry.invoker.replace(/^http.*|#.*(?=\.)/, '') || undefined,
    script_subpart: a.longestScript?.subpart,
    script_duration: a.longestScript?.intersectingDuration,
    total_script_duration: a.totalScriptDuration,
    total_style_and_layout_duration: a.totalStyleAndLayoutDuration,
    total_paint_duration: a.totalPaintDuration,
    total_unattributed_duration: a.totalUnattributedDuration,
  }),
};

measureByUs();
if (!globalThis.alone) measureByThem();
