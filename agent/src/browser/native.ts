// The browser's own functions, taken before anyone (we included) patches them.
import { attempt } from './guard';

export interface Native {
  fetch: typeof fetch | undefined;
  setTimeout: (callback: () => void, millis?: number) => number;
  clearTimeout: (timer: number | undefined) => void;
  requestAnimationFrame: (callback: () => void) => void;
  MutationObserver: typeof MutationObserver | undefined;
}

// zone.js keeps the originals under its own names; using them avoids a round of Angular's change detection per timer.
// https://github.com/angular/angular/blob/main/packages/zone.js/lib/zone.ts
export function takeNative(page: object = globalThis): Native {
  const original = (name: string): any => {
    const all = page as Record<string, any>;
    const found = attempt(() => all[all.Zone.__symbol__(name)]) ?? all[name];
    return name[0] === 'M' ? found : found?.bind(page);
  };
  const setTimeout = original('setTimeout');
  return {
    fetch: original('fetch'),
    setTimeout,
    clearTimeout: original('clearTimeout'),
    requestAnimationFrame: original('requestAnimationFrame') ?? setTimeout,
    MutationObserver: original('MutationObserver'),
  };
}
