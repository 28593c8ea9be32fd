// Adds a guarded event listener, which ends with the agent, or before by what is returned.
import { onStop } from '../running';
import { guard } from './guard';
import { addEventListener, removeEventListener } from './native';

/** `types` are divided by spaces. */
export function listen<E extends Event>(
  target: EventTarget | undefined,
  types: string,
  callback: (event: E) => void,
  options: AddEventListenerOptions = { capture: true, passive: true },
): () => void {
  const listener = guard(callback) as (event: Event) => void;
  const each = types.split(' ');
  const all = (method: typeof addEventListener | typeof removeEventListener): void =>
    each.forEach((type) => target && method.call(target, type, listener, options));
  all(addEventListener);
  return onStop(() => all(removeEventListener));
}

export const listenAll = listen;
