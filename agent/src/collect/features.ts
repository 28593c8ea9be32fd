// The features that a page can do without, in the order in which they are shed when the agent costs too much.
import type { Agent, Stop } from '../agent';
import { guard, spent } from '../browser/guard';
import { BUDGET_SHARE } from '../limits';
import { collectClicks } from './clicks';
import { collectConsole, collectReports, collectUserTiming } from './console';
import { collectFrames } from './frames';
import { collectResources } from './resources';
import { collectScroll } from './scroll';

/** First what tells least about the visit; vitals, errors, requests and routes are never shed. */
const ORDER: [name: string, collect: (agent: Agent) => Stop, wanted?: (agent: Agent) => boolean][] = [
  ['user_timing', collectUserTiming, ({ options }) => options.userTiming],
  ['console', collectConsole],
  ['resources', collectResources],
  ['frames', collectFrames],
  ['reports', collectReports],
  ['scroll', collectScroll],
  ['clicks', collectClicks],
];

export interface Features {
  /** Ends the next feature while the agent has used more than it may. */
  shed(): void;
  /** Names of those that were ended. */
  readonly gone: string[];
  stop: Stop;
}

export function startFeatures(agent: Agent, off: readonly string[] = []): Features {
  const running = ORDER.filter(([name, , wanted]) => !off.includes(name) && (!wanted || wanted(agent))).map(
    ([name, collect]) => [name, guard(collect)(agent)] as const,
  );
  const gone: string[] = [];
  // What has been used up before a feature was shed counts no more: the next one goes only if it gets worse.
  let forgiven = 0;
  return {
    gone,
    shed() {
      const allowed = agent.options.budgetMillis + performance.now() * BUDGET_SHARE;
      if (spent.millis - forgiven <= allowed) return;
      forgiven = spent.millis;
      const next = running.shift();
      if (!next) return;
      next[1]?.();
      gone.push(next[0]);
    },
    stop: () => running.forEach(([, stop]) => stop?.()),
  };
}
