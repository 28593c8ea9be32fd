// Starts the parts of the agent in their order, and ends them.
import { A } from './attributes.gen';
import { activationStart, entriesOf } from './browser/entries';
import { doNext, putOff, spent } from './browser/guard';
import { listen } from './browser/listen';
import { native, takeNative } from './browser/native';
import { openStorage, type Storage } from './browser/storage';
import { firstHiddenTime, onHidden } from './browser/visibility';
import { collectClicks } from './collect/clicks';
import { collectConsole, collectReports, collectUserTiming } from './collect/console';
import { collectErrors } from './collect/errors';
import { gone, shed, startFeatures } from './collect/features';
import { collectFrames } from './collect/frames';
import { collectNavigation } from './collect/navigation';
import { collectRequests, flushRequests } from './collect/requests';
import { collectResources } from './collect/resources';
import { collectRoutes, here } from './collect/routes';
import { collectScroll } from './collect/scroll';
import { collectVitals, reportVitals } from './collect/vitals';
import { now, wall } from './context/clock';
import { emitEvent } from './context/emit';
import { endRoots, startRoots, stopRoots } from './context/roots';
import { createSession, type SessionChange } from './context/session';
import { openSettings, settings } from './context/settings';
import { closeView, openView, reportViews, touch } from './context/view';
import { redactUrl } from './privacy/url';
import type { Options } from './public';
import { int, orUnknown, prefixed } from './record';
import { begin, end, isRunning, onStop, options, session, setSession } from './running';
import { flush, forgetRing, startBatch, stopBatch } from './send/batch';
import { dropped, leave, sentBytes, startTransport, stopTransport } from './send/transport';

/** What the agent may leave in the browser. */
export const storageOf = (name: string, { storage, key }: Options): Storage =>
  openStorage(`limen.${name}.${key}`, storage, name === 'transactions');

/**
 * What must see the page's own first steps begins at once. The rest waits for a task of its own, in parts, so that the page's
 * scripts do not wait for us: the first look into the browser's storage alone may take longer than all else.
 */
export function start(given: Options, warn: (text: string) => void, firstHidden?: number): void {
  begin(given);
  takeNative();
  const url = here();
  collectErrors();
  collectRequests();
  collectRoutes();
  const page = globalThis as unknown as EventTarget;
  // Only input by a person counts: scripts that click or scroll do not hold a session open.
  listen(page, 'pointerdown click keydown touchstart wheel', ({ isTrusted }) => {
    if (isTrusted) session.touch();
  });
  // A page that goes at once still has been there: this alone does what was put off, and what listens then, hears of it.
  listen(page, 'visibilitychange pagehide', () => undefined, { capture: true, once: true });

  putOff(
    [
      () => {
        openSettings(storageOf('settings', given));
        setSession(
          createSession({
            storage: storageOf('session', given),
            wall,
            idleMillis: given.sessionIdleMinutes * 60_000,
            maxMillis: given.sessionMaxMinutes * 60_000,
            sampleRate: () => Math.min(settings.sampleRate ?? options.sampleRate, settings.sampleRateMax ?? 1),
            promoteOn: () => options.promoteOn.concat(settings.promoteOn),
            onEnd: endSession,
            onChange: changeSession,
          }),
        );
      },
      () => {
        startTransport(warn, given.offline ? storageOf('queue', given) : undefined);
        startBatch(report);
        startRoots();
        onStop(stopRoots);
        const navigation = entriesOf('navigation')[0] as PerformanceNavigationTiming | undefined;
        openView('load', activationStart(navigation), url, undefined, redactUrl(document.referrer));
        if (session.begun) announceSession();
        hidden = firstHiddenTime(firstHidden);
        flushNavigation = collectNavigation((until) => hidden < until);
      },
    ],
    [
      () => {
        collectVitals(firstHidden);
        // Registered after the vitals' own listeners, so that their last values are in what leaves.
        onHidden(leaveNow);
      },
      startFeatures,
      collectClicks,
      collectScroll,
      collectResources,
      collectFrames,
      collectConsole,
      collectReports,
      collectUserTiming,
    ],
  );
  const more = (): void => {
    if (doNext()) native.setTimeout(more);
  };
  native.setTimeout(more);
}

/** When the page was first in the background. */
let hidden: number;
let flushNavigation: () => void;

/** The page may not come back; `again` when that was said just before. */
function leaveNow(again: boolean): void {
  hidden = Math.min(hidden, now());
  flushNavigation();
  flushRequests();
  endRoots();
  if (!again) touch();
  flush(true);
  leave();
}

/** `forget` leaves nothing behind: what was not sent is not. */
export function stop(forget: boolean): void {
  if (!isRunning) return;
  end(() => forget || flush(true));
  stopBatch();
  stopTransport();
}

/** What was held back of a session that was left out stays behind. */
function endSession({ begun, afterRest }: SessionChange): void {
  if (begun) emitEvent(A.EVENT_SESSION_END);
  closeView(!afterRest);
  forgetRing();
}

function changeSession({ begun }: SessionChange): void {
  openView('route', now(), here());
  if (begun) announceSession();
}

const announceSession = (): void => emitEvent(A.EVENT_SESSION_START, { [A.SESSION_PREVIOUS_ID]: session.previousId() });

/** What is told with a batch as it is by then. */
function report(leaving: boolean): void {
  reportVitals();
  reportViews(leaving);
  shed();
  if (!leaving) return;
  emitEvent(
    A.EVENT_AGENT,
    prefixed('limen.agent.', {
      time: spent.millis,
      longest_task: spent.longest,
      faults: int(spent.faults),
      sent_bytes: int(sentBytes),
      shed: orUnknown(gone),
      ...prefixed('dropped.', dropped, int),
    }),
  );
}
