// Which scripts an interaction waited for, from the long animation frames it was part of.
import type { Detail, Page } from './page';

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

/** The longest script with what is known of it, and the sums of all. */
export function scriptsBehind(
  { redactUrl }: Page,
  frames: Frame[],
  start: number,
  [inputDelay, processing]: number[],
  painted: number,
): Detail[] {
  if (!frames[0] || !start) return [];
  let scriptTotal = 0;
  let layoutTotal = 0;
  let frameEnd = 0;
  let longest = 0;
  let behind: Detail[] = Array(6);
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
      behind = [
        script.sourceURL ? redactUrl(script.sourceURL) : undefined,
        script.sourceFunctionName || undefined,
        script.invokerType,
        // That of a whole script is its URL once more; an element without an id is named by the URL of its source, and an id may be anybody's.
        script.invoker.replace(/\w+:\/\/.*|\[src=.*]|#.*(?=\.)/g, '') || undefined,
        script.startTime < start + inputDelay!
          ? 'input-delay'
          : script.startTime < start + inputDelay! + processing!
            ? 'processing-duration'
            : 'presentation-delay',
        duration,
      ];
    }
  }
  const paintTotal = frameEnd < start + inputDelay! + processing! ? 0 : painted - frameEnd;
  return [...behind, scriptTotal, layoutTotal, paintTotal, painted - start - scriptTotal - layoutTotal - paintTotal];
}
