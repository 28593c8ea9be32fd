// Wires the agent: creates its parts, connects them, and stops them again.
import type { Agent } from './agent';
import * as A from './attributes.gen';
import { activationStart, entriesOf } from './browser/entries';
import { guard, spent } from './browser/guard';
import { listenAll } from './browser/listen';
import { takeNative } from './browser/native';
import { openStorage } from './browser/storage';
import { firstHiddenTime, onHidden } from './browser/visibility';
import { collectErrors, type Errors } from './collect/errors';
import { startFeatures } from './collect/features';
import { collectNavigation } from './collect/navigation';
import { collectRequests } from './collect/requests';
import { collectRoutes } from './collect/routes';
import { describeReading } from './collect/scroll';
import { collectVitals } from './collect/vitals';
import { createClock } from './context/clock';
import { describeDevice } from './context/device';
import { createEmit } from './context/emit';
import { createRoots } from './context/roots';
import { createSession } from './context/session';
import { openSettings } from './context/settings';
import { createViews } from './context/view';
import { BATCH_FRAME_BYTES } from './limits';
import { allowQuery, redactRouteUrl, redactUrl } from './privacy/url';
import { isThirdParty } from './privacy/parties';
import type { Options } from './public';
import { KIND_INTERNAL, int, prefixed, type Attributes } from './record';
import { createBatch } from './send/batch';
import { encodeAttributes, encodeBodies } from './send/encode';
import { createTransport } from './send/transport';
import type { Settings } from './send/wire';

/** What the public functions work on while the agent runs. */
export interface Running extends Agent {
  errors: Errors;
  /** What the page has set for everything, and the flags it was shown with. */
  context: Attributes;
  flags: Map<string, string>;
  settings: () => Settings;
  /** `forget` leaves nothing behind: what was not sent is not, what was stored is removed. */
  stop(forget: boolean): void;
}

export function start(options: Options, warn: (text: string) => void, firstHidden?: number): Running {
  allowQuery(options.allowQuery);
  const native = takeNative();
  const clock = createClock();
  const memoryOnly = options.storage === 'none';
  const storage = (name: string) => openStorage(`limen.${name}.${options.key}`, memoryOnly);
  const sessionStorage = storage('session');
  const settings = openSettings(storage('settings'));
  const offline = options.offline ? storage('queue') : undefined;
  const resource = encodeAttributes(describeDevice(options));

  const transport = createTransport({
    native,
    endpoint: options.endpoint,
    key: options.key,
    otlp: options.otlp,
    wall: clock.wall,
    offline,
    onAnswer: settings.take,
    warn,
  });
  const batch = createBatch({
    native,
    frame: BATCH_FRAME_BYTES,
    kept: () => session.kept(),
    beforeFlush: report,
    send: (piece, leaving) => {
      for (const [signal, body, records] of encodeBodies(resource, piece, options.otlp))
        transport.send(options.otlp ? `/v1/${signal}` : options.path, body, records, leaving);
    },
    drop: transport.drop,
  });

  const here = (): string => redactRouteUrl(location.href, options.hashRoutes);
  const session = createSession({
    storage: sessionStorage,
    wall: clock.wall,
    idleMillis: options.sessionIdleMinutes * 60_000,
    maxMillis: options.sessionMaxMinutes * 60_000,
    sampleRate: () => settings.now().sampleRate ?? options.sampleRate,
    onChange({ begun, afterRest }) {
      if (begun) emit.event(A.EVENT_SESSION_END, {}, { trace: null });
      views.open({ kind: 'route', start: clock.now(), url: here(), afterRest });
      if (begun) announceSession();
    },
  });
  const roots = createRoots({
    clock,
    native,
    sendSpan: ({ traceId, spanId, kind, instant, start, attributes = {}, view }, end) =>
      emit.span({ traceId, spanId, name: kind, kind: KIND_INTERNAL, instant, duration: end - start, attributes, view }),
  });
  const views = createViews({
    clock,
    sessionId: session.id,
    userId: () => (options.allowUser ? session.userId() : undefined),
    wake: batch.wake,
    describe: (view) => ({
      ...describeReading(view, view.end !== undefined || leaving),
      dropped: int(Object.values(transport.dropped).reduce((sum, each) => sum + each, 0) || undefined),
      feature_flags: flags.size ? [...flags].map(([key, variant]) => `${key}=${variant}`) : undefined,
    }),
    emitSnapshot: (view, attributes) =>
      emit.event(A.EVENT_VIEW, attributes, { instant: view.startInstant, view, trace: view.root ?? null }),
  });
  const flags = new Map<string, string>();
  const emit = createEmit({
    clock,
    options,
    session,
    batch,
    promoteOn: () => settings.now().promoteOn ?? [],
    currentView: views.current,
    activeTrace: roots.trace,
    context: () => running.context,
    drop: transport.drop,
  });
  const agent: Agent = {
    options,
    native,
    clock,
    session,
    views,
    roots,
    emit,
    lastClick: -Infinity,
    onError: undefined,
    stopped: false,
    isOwn: (url) => url.startsWith(options.endpoint + (options.otlp ? '/v1/' : options.path)) || url === agentUrl,
    isThirdParty: (url) => isThirdParty(url, location.hostname, options.firstParty),
  };
  const running = Object.assign(agent, { context: {}, flags, settings: settings.now }) as Running;

  const announceSession = (): void =>
    emit.event(A.EVENT_SESSION_START, { [A.SESSION_PREVIOUS_ID]: session.previousId() }, { trace: null });
  views.open({
    kind: 'load',
    start: activationStart(entriesOf('navigation')[0] as PerformanceNavigationTiming | undefined),
    url: here(),
    referrer: redactUrl(document.referrer),
  });
  if (session.begun) announceSession();

  let leaving = false;
  let hidden = firstHiddenTime(firstHidden);
  running.errors = collectErrors(agent);
  const navigation = collectNavigation(agent, (end) => hidden < end);
  const stopRoutes = collectRoutes(agent);
  const requests = collectRequests(agent);
  const vitals = collectVitals(agent, firstHidden);
  const features = startFeatures(agent, settings.now().off);
  // Only input by a person counts: scripts that click or scroll do not hold a session open.
  const stopActivity = listenAll(
    globalThis as unknown as EventTarget,
    'pointerdown click keydown touchstart wheel',
    (event) => event.isTrusted && session.touch(),
  );

  function report(): void {
    vitals.report();
    views.report();
    features.shed();
    if (leaving)
      emit.event(
        A.EVENT_AGENT,
        prefixed('limen.agent.', {
          time: spent.millis,
          longest_task: spent.longest,
          faults: int(spent.faults),
          sent_bytes: int(transport.sentBytes()),
          shed: features.gone.length ? features.gone : undefined,
          ...prefixed(
            'dropped.',
            Object.fromEntries(Object.entries(transport.dropped).map(([reason, count]) => [reason, int(count)])),
          ),
        }),
        { trace: null },
      );
  }

  // Registered after the vitals' own listeners, so that their last values are in what leaves.
  const stopHidden = onHidden((again) => {
    hidden = Math.min(hidden, clock.now());
    navigation.flush();
    requests.flush();
    roots.endAll();
    leaving = true;
    if (!again) views.touch(views.current());
    batch.flush(true);
    leaving = false;
    transport.leave();
  });

  running.stop = guard((forget: boolean) => {
    const stops = [stopActivity, stopRoutes, stopHidden, running.errors.stop, navigation.stop, requests.stop];
    [...stops, vitals.stop, features.stop, roots.stop].forEach((stop) => stop());
    if (!forget) batch.flush(true);
    agent.stopped = true;
    batch.stop();
    transport.stop(forget);
    if (forget) for (const each of [sessionStorage, storage('settings')]) each.write(undefined);
  });
  return running;
}

/** Known only while the script itself is evaluated. */
const agentUrl = (typeof document === 'undefined' ? undefined : (document.currentScript as HTMLScriptElement | null))
  ?.src;
