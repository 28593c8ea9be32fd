// What the browser keeps for us under one name, or a note in memory where it may not, cannot or should not.
import { attempt, parse, stringify } from './guard';

export interface Storage {
  read(): any;
  /** Keeps the value; undefined removes it. */
  write(value: unknown): void;
}

/** `storage` is the option of that name; `session` keeps it for the tab alone. */
export function openStorage(name: string, storage: string, session?: boolean): Storage {
  let memory: string | undefined;
  const store = storage === 'none' ? undefined : attempt(() => (session ? sessionStorage : localStorage));
  return {
    read: () => attempt(() => parse(attempt(() => store?.getItem(name)) ?? memory ?? '')),
    write: (value) => {
      memory = stringify(value);
      attempt(() => (memory === undefined ? store?.removeItem(name) : store?.setItem(name, memory)));
    },
  };
}
