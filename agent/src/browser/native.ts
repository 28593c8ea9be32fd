// The browser's own functions, taken before anyone (we included) patches them.
import { attempt, guard } from './guard';

export interface Native {
  fetch: typeof fetch | undefined;
  setTimeout: (callback: () => void, millis?: number) => number;
  clearTimeout: (timer: number | undefined) => void;
  requestAnimationFrame: (callback: () => void) => void;
  MutationObserver: typeof MutationObserver | undefined;
}

export let native = {} as Native;

// zone.js keeps the originals under its own names; using them avoids a round of Angular's change detection per timer.
// https://github.com/angular/angular/blob/main/packages/zone.js/lib/zone.ts
export function takeNative(): void {
  const page = globalThis as Record<string, any>;
  const original = (name: string): any => {
    const found = attempt(() => page[page.Zone.__symbol__(name)]) ?? page[name];
    return name[0] === 'M' ? found : found?.bind(page);
  };
  const setTimeout = original('setTimeout');
  native = {
    fetch: original('fetch'),
    setTimeout,
    clearTimeout: original('clearTimeout'),
    requestAnimationFrame: original('requestAnimationFrame') ?? setTimeout,
    MutationObserver: original('MutationObserver'),
  };
}

/** Runs a callback of ours later; without `millis`, in a task of its own. */
export const after = (callback: () => void, millis?: number): number => native.setTimeout(guard(callback), millis);
