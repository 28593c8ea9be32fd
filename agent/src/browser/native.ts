// The browser's own functions, taken before anyone (we included) patches them.
import { attempt } from './guard';

export interface Native {
  fetch: typeof fetch | undefined;
  setTimeout: (callback: () => void, millis: number) => number;
  clearTimeout: (timer: number) => void;
  requestAnimationFrame: (callback: () => void) => number;
  MutationObserver: typeof MutationObserver | undefined;
}

type Named = Record<string, unknown>;

// zone.js keeps the originals under its own names; using them avoids a round of Angular's change detection per timer.
// https://github.com/angular/angular/blob/main/packages/zone.js/lib/zone.ts
function original<T>(name: string): T | undefined {
  const page = globalThis as unknown as Named;
  const zone = page.Zone as { __symbol__?: (name: string) => string } | undefined;
  const hidden = attempt(() => (zone?.__symbol__ ? page[zone.__symbol__(name)] : undefined));
  return (hidden ?? page[name]) as T | undefined;
}

export function takeNative(): Native {
  const nativeFetch = original<typeof fetch>('fetch');
  const nativeSetTimeout = original<(callback: () => void, millis: number) => number>('setTimeout') ?? (() => 0);
  const nativeClearTimeout = original<(timer: number) => void>('clearTimeout') ?? (() => undefined);
  const nativeFrame = original<(callback: () => void) => number>('requestAnimationFrame');
  return {
    fetch: nativeFetch?.bind(globalThis),
    setTimeout: (callback, millis) => nativeSetTimeout.call(globalThis, callback, millis),
    clearTimeout: (timer) => nativeClearTimeout.call(globalThis, timer),
    requestAnimationFrame: (callback) =>
      nativeFrame ? nativeFrame.call(globalThis, callback) : nativeSetTimeout.call(globalThis, callback, 16),
    MutationObserver: original<typeof MutationObserver>('MutationObserver'),
  };
}
