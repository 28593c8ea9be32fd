// What a track can carry, and how wide a flag's words are.

export type Tone = 'good' | 'needs-improvement' | 'poor' | 'plain';

/** An item's shape says what it is, so that colour is never the only sign. */
export type Shape = 'flag' | 'bar' | 'bar-failed' | 'bar-aborted' | 'dot' | 'square' | 'tick' | 'diamond';

export interface TrackItem {
  key: string;
  shape: Shape;
  start: number;
  end: number;
  /** The words beside a flag. */
  label: string;
  tone: Tone;
  /** All of it in words, for hover, focus and screen readers. */
  say: string;
}

const CHARACTER_PIXELS = 6.4;
const FLAG_PADDING = 14;
const SIGN_PIXELS = 10;

/** A little more than its words need, with the sign of its rating and the gap to the next flag. */
export function flagWidth({ label, tone }: Pick<TrackItem, 'label' | 'tone'>): number {
  return label.length * CHARACTER_PIXELS + FLAG_PADDING + (tone === 'plain' ? 0 : SIGN_PIXELS);
}

export function isBar(item: TrackItem): boolean {
  return item.shape.startsWith('bar');
}

export function isMark(item: TrackItem): boolean {
  return item.shape !== 'flag' && !isBar(item);
}
