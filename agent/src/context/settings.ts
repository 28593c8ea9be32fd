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
  // The most that may be is of the moment: a visitor who is left out would never hear that it has passed.
  storage.write({ ...settings, sampleRateMax: undefined });
}

/** Keeps what makes sense; it came over a network and lay in a place that the page may write to. */
export function checkSettings(raw: any): Settings {
  const { sampleRate, sampleRateMax, promoteOn, off } = raw ?? {};
  return {
    ...(isShare(sampleRate) && { sampleRate: Number(sampleRate) }),
    ...(isShare(sampleRateMax) && { sampleRateMax: Number(sampleRateMax) }),
    ...(Array.isArray(promoteOn) && { promoteOn }),
    ...(Array.isArray(off) && { off }),
  };
}

const isShare = (raw: any): boolean => raw >= 0 && raw <= 1;
