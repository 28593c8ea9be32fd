// What the server has set for this application: known at once from the last visit, renewed with its answers.
import type { Storage } from '../browser/storage';
import type { Settings } from '../send/wire';

export function openSettings(storage: Storage): { now: () => Settings; take: (answer: unknown) => void } {
  let settings = check(storage.read());
  return {
    now: () => settings,
    take(answer) {
      const pushed = (answer as { settings?: unknown } | null)?.settings;
      if (!pushed) return;
      settings = check(pushed);
      storage.write(settings);
    },
  };
}

/** Keeps what makes sense; it came over a network and lay in a place that the page may write to. */
function check(raw: any): Settings {
  const { sampleRate, promoteOn, off } = raw ?? {};
  return {
    ...(sampleRate >= 0 && sampleRate <= 1 && { sampleRate: Number(sampleRate) }),
    ...(Array.isArray(promoteOn) && { promoteOn }),
    ...(Array.isArray(off) && { off }),
  };
}
