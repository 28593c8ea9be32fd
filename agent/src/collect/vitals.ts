// Core Web Vitals by Chrome's own library, with what was behind them; kept per metric and told with the next batch.
import { onCLS, onFCP, onINP, onLCP, onTTFB, type MetricWithAttribution } from 'web-vitals/attribution';
import * as A from '../attributes.gen';
import { attempt, guard } from '../browser/guard';
import type { Emit } from '../context/stamp';
import { redactUrl } from '../context/url';
import type { View, Views } from '../context/view';
import type { Attributes } from '../record';

export interface VitalsDeps {
  views: Views;
}

/** A metric that has grown since it was last told. */
interface Growing {
  metric: MetricWithAttribution;
  view: View;
  told: number;
}

export function collectVitals(emit: Emit, { views }: VitalsDeps): { report: () => void; stop: () => void } {
  // The value told last, per metric; web-vitals makes a new object after a return from the back/forward cache.
  const told = new Map<string, number>();
  const growing = new Map<string, Growing>();
  let stopped = false;

  const take = guard((metric: MetricWithAttribution) => {
    if (stopped) return;
    const view = growing.get(metric.id)?.view ?? views.ofDocument();
    Object.assign(view.measures, viewMeasures(metric));
    growing.set(metric.id, { metric, view, told: told.get(metric.id) ?? 0 });
    views.touch(view);
  });
  const all = { reportAllChanges: true };
  // Each on its own: a browser that lacks what one needs may still have the others.
  attempt(() => onTTFB(take));
  attempt(() => onFCP(take));
  attempt(() => onLCP(take, all));
  attempt(() => onCLS(take, all));
  attempt(() => onINP(take, all));

  return {
    report() {
      for (const { metric, view, told: before } of growing.values()) {
        told.set(metric.id, metric.value);
        emit.event({
          name: A.EVENT_WEB_VITAL,
          at: Math.min(happenedAt(metric), performance.now()),
          view,
          trace: view.root ?? null,
          attributes: vitalAttributes(metric, before),
        });
      }
      growing.clear();
    },
    stop: () => (stopped = true),
  };
}

function vitalAttributes(metric: MetricWithAttribution, before: number): Attributes {
  const { target, details } = describe(metric);
  const name = metric.name.toLowerCase();
  const attributes: Attributes = {
    [A.WEB_VITAL_NAME]: name,
    [A.WEB_VITAL_VALUE]: metric.value,
    [A.WEB_VITAL_DELTA]: metric.value - before,
    [A.WEB_VITAL_ID]: metric.id,
    [A.WEB_VITAL_RATING]: metric.rating,
    [A.WEB_VITAL_NAVIGATION_TYPE]: metric.navigationType,
    [A.WEB_VITAL_TARGET]: target || undefined,
  };
  for (const [field, value] of Object.entries(details)) {
    attributes[`${A.WEB_VITAL_DETAIL}.${name}.${field}`] = value;
  }
  return attributes;
}

/** Where on the page, and the flat details. */
function describe(metric: MetricWithAttribution): { target?: string | undefined; details: Attributes } {
  switch (metric.name) {
    case 'LCP': {
      const { target, url, timeToFirstByte, resourceLoadDelay, resourceLoadDuration, elementRenderDelay } =
        metric.attribution;
      return {
        target,
        details: {
          url: url && redactUrl(url),
          time_to_first_byte: timeToFirstByte,
          resource_load_delay: resourceLoadDelay,
          resource_load_duration: resourceLoadDuration,
          element_render_delay: elementRenderDelay,
        },
      };
    }
    case 'INP':
      return { target: metric.attribution.interactionTarget, details: inpDetails(metric.attribution) };
    case 'CLS': {
      const { largestShiftTarget, largestShiftTime, largestShiftValue, loadState } = metric.attribution;
      const details = { largest_shift_time: largestShiftTime, largest_shift_value: largestShiftValue };
      return { target: largestShiftTarget, details: { ...details, load_state: loadState } };
    }
    case 'FCP': {
      const { timeToFirstByte, firstByteToFCP, loadState } = metric.attribution;
      return {
        details: { time_to_first_byte: timeToFirstByte, first_byte_to_fcp: firstByteToFCP, load_state: loadState },
      };
    }
    case 'TTFB': {
      const { waitingDuration, cacheDuration, dnsDuration, connectionDuration, requestDuration } = metric.attribution;
      return {
        details: {
          waiting_duration: waitingDuration,
          cache_duration: cacheDuration,
          dns_duration: dnsDuration,
          connection_duration: connectionDuration,
          request_duration: requestDuration,
        },
      };
    }
  }
}

type InpAttribution = Extract<MetricWithAttribution, { name: 'INP' }>['attribution'];

function inpDetails(inp: InpAttribution): Attributes {
  const script = inp.longestScript;
  return {
    type: inp.interactionType,
    time: inp.interactionTime,
    input_delay: inp.inputDelay,
    processing_duration: inp.processingDuration,
    presentation_delay: inp.presentationDelay,
    load_state: inp.loadState,
    script_url: script?.entry.sourceURL ? redactUrl(script.entry.sourceURL) : undefined,
    script_function: script?.entry.sourceFunctionName || undefined,
    script_invoker_type: script?.entry.invokerType,
    script_subpart: script?.subpart,
    script_duration: script?.intersectingDuration,
  };
}

function viewMeasures(metric: MetricWithAttribution): Attributes {
  switch (metric.name) {
    case 'LCP': {
      const { target, url, resourceLoadDelay, resourceLoadDuration, elementRenderDelay } = metric.attribution;
      return {
        [A.VIEW_LCP]: metric.value,
        [A.VIEW_LCP_TARGET]: target,
        [A.VIEW_LCP_URL]: url && redactUrl(url),
        [A.VIEW_LCP_RESOURCE_LOAD_DELAY]: resourceLoadDelay,
        [A.VIEW_LCP_RESOURCE_LOAD_DURATION]: resourceLoadDuration,
        [A.VIEW_LCP_ELEMENT_RENDER_DELAY]: elementRenderDelay,
      };
    }
    case 'INP': {
      const { interactionTarget, interactionType, inputDelay, processingDuration, presentationDelay } =
        metric.attribution;
      return {
        [A.VIEW_INP]: metric.value,
        [A.VIEW_INP_TARGET]: interactionTarget || undefined,
        [A.VIEW_INP_TYPE]: interactionType,
        [A.VIEW_INP_INPUT_DELAY]: inputDelay,
        [A.VIEW_INP_PROCESSING_DURATION]: processingDuration,
        [A.VIEW_INP_PRESENTATION_DELAY]: presentationDelay,
      };
    }
    case 'CLS':
      return { [A.VIEW_CLS]: metric.value, [A.VIEW_CLS_TARGET]: metric.attribution.largestShiftTarget };
    case 'FCP':
      return { [A.VIEW_FCP]: metric.value };
    case 'TTFB':
      return { [A.VIEW_TTFB]: metric.value };
  }
}

/** When on the document's clock the thing happened that the metric speaks of. */
function happenedAt(metric: MetricWithAttribution): number {
  if (metric.navigationType === 'back-forward-cache') return performance.now();
  const entry = metric.entries[metric.entries.length - 1];
  switch (metric.name) {
    case 'INP':
      return metric.attribution.interactionTime ?? performance.now();
    case 'CLS':
      return metric.attribution.largestShiftTime ?? performance.now();
    case 'TTFB':
      return (entry as PerformanceNavigationTiming | undefined)?.responseStart ?? metric.value;
    default:
      return entry?.startTime ?? metric.value;
  }
}
