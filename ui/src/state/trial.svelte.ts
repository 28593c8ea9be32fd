// Something that is tried when a person asks for it: its last answer, and whether that is still running or failed.
import { asFailure, type Failure } from '../api/client';

export interface Trial<T> {
  readonly answer: T | undefined;
  readonly failure: Failure | undefined;
  readonly asking: boolean;
  ask(): Promise<T | undefined>;
  forget(): void;
}

export function createTrial<T>(ask: (signal: AbortSignal) => Promise<T>): Trial<T> {
  let answer = $state.raw<T>();
  let failure = $state.raw<Failure>();
  let asking = $state(false);
  let running: AbortController | undefined;
  $effect(() => () => running?.abort());

  return {
    get answer() {
      return answer;
    },
    get failure() {
      return failure;
    },
    get asking() {
      return asking;
    },
    async ask() {
      running?.abort();
      const controller = new AbortController();
      running = controller;
      [asking, failure] = [true, undefined];
      try {
        const found = await ask(controller.signal);
        if (controller.signal.aborted) return undefined;
        [answer, asking] = [found, false];
        return found;
      } catch (cause) {
        if (!controller.signal.aborted) [failure, asking] = [asFailure(cause), false];
        return undefined;
      }
    },
    forget() {
      running?.abort();
      [answer, failure, asking] = [undefined, undefined, false];
    },
  };
}
