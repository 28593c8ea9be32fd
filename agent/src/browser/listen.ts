// Adds a guarded event listener and returns what removes it.
import { guard } from './guard';

export function listen<E extends Event>(
  target: EventTarget | undefined,
  type: string,
  callback: (event: E) => void,
  options: AddEventListenerOptions = { capture: true, passive: true },
): () => void {
  const listener = guard(callback) as (event: Event) => void;
  target?.addEventListener(type, listener, options);
  return () => target?.removeEventListener(type, listener, options);
}

/** The same listener for several types of event. */
export function listenAll<E extends Event>(
  target: EventTarget,
  types: string,
  callback: (event: E) => void,
): () => void {
  const stops = types.split(' ').map((type) => listen(target, type, callback));
  return () => stops.forEach((stop) => stop());
}
