// The features that a page can do without, in the order in which they are shed when the agent costs too much.
import { spent } from '../browser/guard';
import { now } from '../context/clock';
import { settings } from '../context/settings';
import { BUDGET_SHARE } from '../limits';
import { options } from '../running';

/** First what tells least about the visit; vitals, errors, requests and routes are never shed. */
export const ORDER = ['user_timing', 'console', 'resources', 'frames', 'reports', 'scroll', 'clicks'] as const;

/** Names of those that were ended. */
export let gone: string[] = [];
let forgiven = 0;

export function startFeatures(): void {
  gone = [];
  forgiven = spent.millis;
}

/** The callback, as long as its feature is neither shed nor set off by the server. */
export const feature =
  <Args extends unknown[]>(name: (typeof ORDER)[number], callback: (...args: Args) => void) =>
  (...args: Args): void => {
    if (!gone.includes(name) && !settings.off.includes(name)) callback(...args);
  };

/** Ends the next feature while the agent has used more than it may; what it used until then counts no more. */
export function shed(): void {
  if (spent.millis - forgiven <= options.budgetMillis + now() * BUDGET_SHARE) return;
  forgiven = spent.millis;
  const next = ORDER[gone.length];
  if (next) gone.push(next);
}
