// What keys are, in words.
export const KINDS: Record<string, string> = { browser: 'For pages and services', server: 'For services only' };

export const STATES: Record<string, string> = {
  live: 'Taken',
  ending: 'Deleted, taken until',
  disabled: 'Refused',
  ended: 'Ended',
};

/** How long a deleted key is still taken, in seconds. */
export const GRACES: readonly [number, string][] = [
  [0, 'no time'],
  [3_600, 'an hour'],
  [86_400, 'a day'],
  [604_800, 'a week'],
  [2_592_000, '30 days'],
];
