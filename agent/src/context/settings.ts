// What the server has set for this application: known at once from the last visit, renewed with its answers.
import type { Storage } from '../browser/storage';
import type { Settings } from '../send/wire';

/** Lists are always there. */
type Checked = Settings & Required<Pick<Settings, 'promoteOn' | 'off'>>;
export let settings: Checked = { promoteOn: [], off: [] };
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
  storage.write({ ...settings, sampleRateMax: 1 });
}

/** Keeps what makes sense; it came over a network and lay in a place that the page may write to. */
export function checkSettings(raw: any): Checked {
  const { sampleRate, sampleRateMax, promoteOn, off } = raw ?? {};
  return {
    sampleRate: shareOf(sampleRate),
    sampleRateMax: shareOf(sampleRateMax),
    promoteOn: listOf(promoteOn),
    off: listOf(off),
  };
}

const shareOf = (raw: any): number | undefined => (raw >= 0 && raw <= 1 ? +raw : undefined);
const listOf = (raw: any): string[] => (Array.isArray(raw) ? raw : []);
