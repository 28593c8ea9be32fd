// The features that a page can do without, in the order in which they are shed when the agent costs too much.
import { guard, spent } from '../browser/guard';
import { now } from '../context/clock';
import { settings } from '../context/settings';
import { BUDGET_SHARE } from '../limits';
import { options, type Stop } from '../running';
import { collectClicks } from './clicks';
import { collectConsole, collectReports, collectUserTiming } from './console';
import { collectFrames } from './frames';
import { collectResources } from './resources';
import { collectScroll } from './scroll';

/** First what tells least about the visit; vitals, errors, requests and routes are never shed. */
const ORDER: [name: string, collect: () => Stop][] = [
  ['user_timing', collectUserTiming],
  ['console', collectConsole],
  ['resources', collectResources],
  ['frames', collectFrames],
  ['reports', collectReports],
  ['scroll', collectScroll],
  ['clicks', collectClicks],
];

/** Names of those that were ended. */
export let gone: string[] = [];
let running: [name: string, stop: Stop | undefined][] = [];
let forgiven = 0;

export function startFeatures(): void {
  const { off = [] } = settings;
  gone = [];
  running = ORDER.filter(([name]) => !off.includes(name)).map(([name, collect]) => [name, guard(collect)()]);
}

/** Ends the next feature while the agent has used more than it may; what it used until then counts no more. */
export function shed(): void {
  if (spent.millis - forgiven <= options.budgetMillis + now() * BUDGET_SHARE) return;
  forgiven = spent.millis;
  const [name, stop] = running.shift() ?? [];
  if (!name) return;
  stop?.();
  gone.push(name);
}

export const stopFeatures = (): void => running.forEach(([, stop]) => stop?.());
