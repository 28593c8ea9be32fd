// What the server has set for this application: known at once from the last visit, renewed with its answers.
import type { Storage } from '../browser/storage';
import type { Settings } from '../send/wire';

export let settings: Settings = {};
let storage: Storage;

export function openSettings(opened: Storage): void {
  storage = opened;
  settings = checkSettings(storage.read());
}

/** Takes what an answer of the server pushes, for sessions that begin later. */
export function takeSettings(pushed: unknown): void {
  if (!pushed) return;
  settings = checkSettings(pushed);
  storage.write(settings);
}

/** Keeps what makes sense; it came over a network and lay in a place that the page may write to. */
export function checkSettings(raw: any): Settings {
  const { sampleRate, promoteOn, off } = raw ?? {};
  return {
    ...(sampleRate >= 0 && sampleRate <= 1 && { sampleRate: Number(sampleRate) }),
    ...(Array.isArray(promoteOn) && { promoteOn }),
    ...(Array.isArray(off) && { off }),
  };
}
