// What every collector gets of the running agent.
import type { Native } from './browser/native';
import type { Clock } from './context/clock';
import type { Emit } from './context/emit';
import type { Roots } from './context/roots';
import type { Session } from './context/session';
import type { Views } from './context/view';
import type { Options } from './public';

export interface Agent {
  options: Options;
  native: Native;
  clock: Clock;
  session: Session;
  views: Views;
  roots: Roots;
  emit: Emit;
  /** When the user last clicked, on the monotonic clock. */
  lastClick: number;
  /** Called when an error was reported. */
  onError: (() => void) | undefined;
  /** What others wrapped after us may still come by. */
  stopped: boolean;
  /** Whether a URL belongs to the agent itself. */
  isOwn(url: string): boolean;
  /** Whether a host is none of ours. */
  isThirdParty(url: string): boolean;
}

/** Everything that ends a collector. */
export type Stop = () => void;
