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

// zone.js keeps the originals under its own names; using them avoids a round of Angular's change detection per call.
// https://github.com/angular/angular/blob/main/packages/zone.js/lib/zone.ts
export const originalOf = (owner: any, name: string): any =>
  owner[attempt(() => (globalThis as any).Zone?.__symbol__(name))!] ?? owner[name];

export function takeNative(): void {
  const original = (name: string): any =>
    name[0] === 'M' ? originalOf(globalThis, name) : originalOf(globalThis, name)?.bind(globalThis);
  const setTimeout = original('setTimeout');
  native = {
    fetch: original('fetch'),
    setTimeout,
    clearTimeout: original('clearTimeout'),
    requestAnimationFrame: original('requestAnimationFrame') ?? setTimeout,
    MutationObserver: original('MutationObserver'),
  };
}

export const addEventListener: EventTarget['addEventListener'] = originalOf(EventTarget.prototype, 'addEventListener');
export const removeEventListener: EventTarget['removeEventListener'] = originalOf(
  EventTarget.prototype,
  'removeEventListener',
);

/** Runs a callback of ours later; without `millis`, in a task of its own. */
export const after = (callback: () => void, millis?: number): number => native.setTimeout(guard(callback), millis);
