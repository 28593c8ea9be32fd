// Notices the user at work, which is what keeps a session alive.
import { listen } from '../browser/listen';

export interface ActivityDeps {
  touch: () => void;
}

/** Only input by a person counts: scripts that click or scroll do not hold a session open. */
export function collectActivity({ touch }: ActivityDeps): () => void {
  const noticed = (event: Event): void => {
    if (event.isTrusted) touch();
  };
  const page = globalThis as unknown as EventTarget;
  const stops = ['pointerdown', 'click', 'keydown', 'touchstart', 'wheel'].map((type) => listen(page, type, noticed));
  return () => stops.forEach((stop) => stop());
}
