// Which scripts an interaction waited for, from the long animation frames it was part of.
import { detailsOf, type Details, type Page } from './page';

interface Script extends PerformanceEntry {
  invoker: string;
  invokerType: string;
  sourceURL: string;
  sourceFunctionName: string;
  forcedStyleAndLayoutDuration: number;
}
export interface Frame extends PerformanceEntry {
  styleAndLayoutStart: number;
  scripts: Script[];
}

export function scriptDetails(
  frames: Frame[],
  start: number,
  inputDelay: number,
  processing: number,
  painted: number,
  redactUrl: Page['redactUrl'],
): Details {
  if (!frames[0] || !start) return {};
  let scriptTotal = 0;
  let layoutTotal = 0;
  let paintTotal = 0;
  let longest = 0;
  let subpart: string | undefined;
  let behind: Script | undefined;
  let frameEnd = 0;
  for (const frame of frames) {
    frameEnd = frame.startTime + frame.duration;
    layoutTotal = layoutTotal + frame.startTime + frame.duration - frame.styleAndLayoutStart;
    for (const script of frame.scripts) {
      const end = script.startTime + script.duration;
      if (end < start) continue;
      const duration = end - Math.max(start, script.startTime);
      // Nobody knows when in the script the forced layouts were: a part of the script has its part of them.
      const forced = script.duration ? (duration / script.duration) * script.forcedStyleAndLayoutDuration : 0;
      scriptTotal += duration - forced;
      layoutTotal += forced;
      if (duration <= longest) continue;
      longest = duration;
      behind = script;
      subpart =
        script.startTime < start + inputDelay
          ? 'input-delay'
          : script.startTime >= start + inputDelay + processing
            ? 'presentation-delay'
            : 'processing-duration';
    }
  }
  if (frameEnd >= start + inputDelay + processing) paintTotal = painted - frameEnd;
  return detailsOf(
    'script_url script_function script_invoker_type script_invoker script_subpart script_duration total_script_duration total_style_and_layout_duration total_paint_duration total_unattributed_duration',
    behind?.sourceURL ? redactUrl(behind.sourceURL) : undefined,
    behind?.sourceFunctionName || undefined,
    behind?.invokerType,
    // The invoker of a script is its URL, that of an element without an id names it by its source.
    behind?.invoker.replace(/\w+:\/\/.*|\[src=.*]/, (text) => (text[0] === '[' ? '' : redactUrl(text))),
    subpart,
    behind && longest,
    scriptTotal,
    layoutTotal,
    paintTotal,
    painted - start - scriptTotal - layoutTotal - paintTotal,
  );
}
