// localStorage, or a note in memory where it is missing, full or forbidden.
import { attempt } from './guard';

export interface Storage {
  read(): string | undefined;
  write(text: string): void;
}

export function openStorage(key: string): Storage {
  let memory: string | undefined;
  return {
    read: () => attempt(() => localStorage.getItem(key)) ?? memory,
    write: (text) => {
      memory = text;
      attempt(() => localStorage.setItem(key, text));
    },
  };
}
