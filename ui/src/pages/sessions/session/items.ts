// The marks that a chapter puts on its track.
import type { Shape, TrackItem } from '../../../charts/track-items';
import { formatDuration } from '../../../format/number';
import { formatVital, rate, RATING_WORDS, VITAL_NAMES } from '../../../format/vital';
import { type Chapter, drawnOf, fateOf, flagsOf, type Moment, type PaintFlag } from './story';
import { sayMoment } from './words';

const SHAPES: Record<string, Shape> = { action: 'dot', error: 'square', navigation: 'tick' };
const FATES = { fine: 'bar', failed: 'bar-failed', aborted: 'bar-aborted' } as const;
const FLAG_NAMES: Record<string, string> = { load: 'Load event ended', settled: 'Page was quiet again' };

export function itemsOf(chapter: Chapter): TrackItem[] {
  const flags = chapter.view ? flagsOf(chapter.view).map(flagItem) : [];
  return [...flags, ...drawnOf(chapter).map(momentItem)];
}

function flagItem(flag: PaintFlag): TrackItem {
  const rating = flag.metric === null ? null : rate(flag.metric, flag.value);
  const value = flag.metric === null ? formatDuration(flag.value) : formatVital(flag.metric, flag.value);
  const name = flag.metric === null ? (FLAG_NAMES[flag.name] ?? flag.name) : VITAL_NAMES[flag.metric];
  return {
    key: `flag-${flag.key}`,
    shape: 'flag',
    start: flag.at,
    end: flag.at,
    label: `${flag.label} ${value}`,
    tone: rating ?? 'plain',
    say: `${name}: ${value}${rating ? `, ${RATING_WORDS[rating].toLowerCase()}` : ''}`,
  };
}

function momentItem(moment: Moment): TrackItem {
  return {
    key: moment.key,
    shape: moment.what === 'request' ? FATES[fateOf(moment.request)] : (SHAPES[moment.event.kind] ?? 'diamond'),
    start: moment.at,
    end: moment.end,
    label: '',
    tone: 'plain',
    say: sayMoment(moment),
  };
}
