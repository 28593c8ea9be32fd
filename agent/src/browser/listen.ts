// Adds a guarded event listener, which ends with the agent, or before by what is returned.
import { onStop } from '../running';
import { guard } from './guard';

/** `types` are divided by spaces. */
export function listen<E extends Event>(
  target: EventTarget | undefined,
  types: string,
  callback: (event: E) => void,
  options: AddEventListenerOptions = { capture: true, passive: true },
): () => void {
  const listener = guard(callback) as (event: Event) => void;
  const each = types.split(' ');
  for (const type of each) target?.addEventListener(type, listener, options);
  return onStop(() => {
    for (const type of each) target?.removeEventListener(type, listener, options);
  });
}

export const listenAll = listen;
