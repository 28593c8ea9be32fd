// The window of a waterfall as it is moved by wheel and keys: the whole trace until the viewer zooms.
import { isWhole, pan, type Window, within, zoom } from './waterfall-scale';

const ZOOM_PER_KEY = 0.7;
const PAN_PER_KEY = 0.2;
/** How much one pixel of the wheel zooms, as an exponent. */
const ZOOM_PER_PIXEL = 0.0025;
const WHEEL_LINE_PIXELS = 16;

export interface MovableWindow {
  readonly shown: Window;
  readonly whole: boolean;
  show(window: Window): void;
  /** Obeys w s a d 0 + −; answers whether the key was one of them. */
  key(key: string): boolean;
  /** Zooms around a share of the width. */
  zoomWheel(event: WheelEvent, share: number): void;
  panWheel(event: WheelEvent, width: number): void;
  /** Moves so that an instant is in the window. */
  reach(offset: number): void;
}

export function createWindow(whole: () => Window): MovableWindow {
  let chosen = $state.raw<Window | null>(null);
  const shown = $derived(chosen ? within(chosen, whole()) : whole());
  const show = (window: Window) => (chosen = isWhole(window, whole()) ? null : window);
  const length = () => shown.to - shown.from;
  const middle = () => (shown.from + shown.to) / 2;

  const keys: Record<string, () => void> = {
    w: () => show(zoom(shown, whole(), ZOOM_PER_KEY, middle())),
    s: () => show(zoom(shown, whole(), 1 / ZOOM_PER_KEY, middle())),
    a: () => show(pan(shown, whole(), -length() * PAN_PER_KEY)),
    d: () => show(pan(shown, whole(), length() * PAN_PER_KEY)),
    0: () => (chosen = null),
  };

  return {
    get shown() {
      return shown;
    },
    get whole() {
      return chosen === null;
    },
    show,
    key(key) {
      const act = keys[key === '+' || key === '=' ? 'w' : key === '-' || key === '−' ? 's' : key];
      act?.();
      return act !== undefined;
    },
    zoomWheel(event, share) {
      event.preventDefault();
      const factor = Math.exp(pixels(event.deltaY, event) * ZOOM_PER_PIXEL);
      show(zoom(shown, whole(), factor, shown.from + length() * Math.min(1, Math.max(0, share))));
    },
    panWheel(event, width) {
      event.preventDefault();
      const moved = pixels(event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX, event);
      show(pan(shown, whole(), (moved / Math.max(1, width)) * length()));
    },
    reach(offset) {
      if (offset < shown.from || offset > shown.to) show(pan(shown, whole(), offset - middle()));
    },
  };
}

function pixels(delta: number, event: WheelEvent): number {
  return event.deltaMode === 0 ? delta : delta * WHEEL_LINE_PIXELS;
}
