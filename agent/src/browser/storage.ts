// What the browser keeps for us under one name, or a note in memory where it may not, cannot or should not.
import { attempt, parse, stringify } from './guard';

export interface Storage {
  read(): any;
  /** Keeps the value; undefined removes it. */
  write(value: unknown): void;
}

export function openStorage(name: string, inMemory = false): Storage {
  let memory: string | undefined;
  const store = inMemory ? undefined : attempt(() => localStorage);
  return {
    read: () => attempt(() => parse(attempt(() => store?.getItem(name)) ?? memory ?? '')),
    write: (value) => {
      memory = stringify(value);
      attempt(() => (memory === undefined ? store?.removeItem(name) : store?.setItem(name, memory)));
    },
  };
}
