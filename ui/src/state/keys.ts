// The keyboard of the whole product: one list that is both obeyed and shown under `?`.
import { PAGES } from './pages';

export interface Key {
  keys: string;
  does: string;
  group: 'Everywhere' | 'Lists' | 'Trace';
}

export const KEYS: Key[] = [
  { keys: 'Ctrl K', does: 'Search pages, sessions, traces', group: 'Everywhere' },
  { keys: '?', does: 'Show these keys', group: 'Everywhere' },
  { keys: 'f', does: 'Add a filter', group: 'Everywhere' },
  { keys: 't', does: 'Choose the time', group: 'Everywhere' },
  { keys: 'l', does: 'Live on or off', group: 'Everywhere' },
  { keys: 'r', does: 'Ask again now', group: 'Everywhere' },
  ...PAGES.map(({ keys, word }): Key => ({ keys, does: `Go to ${word}`, group: 'Everywhere' })),
  { keys: 'j k', does: 'Next, previous row', group: 'Lists' },
  { keys: 'Enter', does: 'Open the row', group: 'Lists' },
  { keys: 'x', does: 'Choose the error', group: 'Lists' },
  { keys: 'e i a', does: 'Resolve, ignore, assign errors', group: 'Lists' },
  { keys: '↑ ↓', does: 'Previous, next span', group: 'Trace' },
  { keys: '← →', does: 'Collapse, expand, or move to parent or child', group: 'Trace' },
  { keys: 'w s', does: 'Zoom in, out (also + and −, or Ctrl and wheel)', group: 'Trace' },
  { keys: 'a d', does: 'Move earlier, later', group: 'Trace' },
  { keys: '0', does: 'Show the whole trace', group: 'Trace' },
  { keys: 'Esc', does: 'Close what is open', group: 'Trace' },
];

const SECOND_KEY_WITHIN_MILLIS = 900;

/** Answers a handler that calls an action by its keys, waiting a moment for the second of two. */
export function createKeyReader(actions: Record<string, () => void>, now = () => Date.now()): (key: string) => boolean {
  let first = { key: '', at: -Infinity };
  return (key) => {
    const pair = now() - first.at <= SECOND_KEY_WITHIN_MILLIS ? `${first.key} ${key}` : '';
    const action = actions[pair] ?? actions[key];
    first = { key, at: now() };
    action?.();
    return action !== undefined;
  };
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]') !== null
  );
}
