// Wires the agent: creates its parts, connects them, and stops them again. Holds no logic of its own.
import { activationStart, entriesOf } from './browser/entries';
import { attempt, guard } from './browser/guard';
import { takeNative, type Native } from './browser/native';
import { openStorage } from './browser/storage';
import { onHidden, watchVisibility } from './browser/visibility';
import * as A from './attributes.gen';
import { collectActivity } from './collect/activity';
import { collectBlocking } from './collect/blocking';
import { collectClicks } from './collect/clicks';
import { collectErrors, type Errors } from './collect/errors';
import { collectNavigation } from './collect/navigation';
import { collectRequests } from './collect/requests';
import { collectRestores } from './collect/restores';
import { collectRoutes } from './collect/routes';
import { collectVitals } from './collect/vitals';
import { createClock, type Clock } from './context/clock';
import { describeDevice } from './context/device';
import { createRoots, type Roots } from './context/roots';
import { createSession, type Session } from './context/session';
import { createEmit, type Emit } from './context/stamp';
import { redactRouteUrl, redactUrl } from './context/url';
import { createViews, type Views } from './context/view';
import type { Options } from './options';
import { createBatch, type Batch } from './send/batch';
import { compress } from './send/compress';
import { encodeResource } from './send/encode';
import { pack } from './send/parcels';
import { createTransport, type Transport } from './send/transport';

/** What the public functions work on while the agent runs. */
export interface Running {
  emit: Emit;
  views: Views;
  session: Session;
  errors: Errors;
  stop(): void;
}

export function start(options: Options, warn: (text: string) => void): Running {
  const native = takeNative();
  const clock = createClock();
  const sending = openSending(options, native, clock, warn);
  const context = openContext(options, native, clock, sending);
  return runCollectors(options, native, clock, sending, context);
}

interface Sending {
  batch: Batch;
  transport: Transport;
  /** Called before each flush, so that snapshots join it; filled once the collectors are there. */
  beforeFlush: { report: () => void };
}

function openSending(options: Options, native: Native, clock: Clock, warn: (text: string) => void): Sending {
  const beforeFlush = { report: (): void => undefined };
  const transport = createTransport({
    native,
    compress,
    warn,
    wall: clock.wall,
    random: Math.random,
    beacon: (url, body) => attempt(() => navigator.sendBeacon(url, body)) ?? false,
  });
  const batch = createBatch({
    native,
    resource: encodeResource(describeDevice(options)),
    beforeFlush: guard(() => beforeFlush.report()),
    send: (envelope, leaving) => transport.send(pack(options, envelope), leaving),
    drop: transport.drop,
  });
  return { batch, transport, beforeFlush };
}

interface Context {
  emit: Emit;
  roots: Roots;
  session: Session;
  views: Views;
}

function openContext(options: Options, native: Native, clock: Clock, { batch, transport }: Sending): Context {
  const here = (): string => redactRouteUrl(location.href, options.hashRoutes);
  const session = createSession({
    storage: openStorage(`limen.session.${options.key}`),
    wall: clock.wall,
    idleMillis: options.sessionIdleMillis,
    maxMillis: options.sessionMaxMillis,
    onChange({ begun, afterRest }) {
      views.open({ kind: 'route', start: clock.now(), url: here(), afterRest });
      if (begun) announceSession();
    },
  });
  const roots = createRoots({ clock, native, emit: () => emit });
  const views = createViews({
    clock,
    sessionId: session.id,
    userId: session.userId,
    dropped: transport.dropped,
    wake: batch.wake,
    emitSnapshot: (view, attributes) =>
      emit.event({ name: A.EVENT_VIEW, instant: view.startInstant, view, attributes, trace: view.root ?? null }),
  });
  const emit = createEmit({
    clock,
    live: session.live,
    currentView: views.current,
    activeTrace: roots.trace,
    keep: batch,
  });
  const announceSession = (): void =>
    emit.event({
      name: A.EVENT_SESSION_START,
      attributes: { [A.SESSION_PREVIOUS_ID]: session.previousId() },
      trace: null,
    });

  const navigation = entriesOf('navigation')[0] as PerformanceNavigationTiming | undefined;
  views.open({ kind: 'load', start: activationStart(navigation), url: here(), referrer: redactUrl(document.referrer) });
  if (session.begun) announceSession();
  return { emit, roots, session, views };
}

function runCollectors(
  options: Options,
  native: Native,
  clock: Clock,
  { batch, transport, beforeFlush }: Sending,
  { emit, roots, session, views }: Context,
): Running {
  const { hashRoutes, propagateTo } = options;
  const visibility = watchVisibility();
  const errors = collectErrors(emit, { views });
  const stopActivity = collectActivity({ touch: session.touch });
  const navigation = collectNavigation(emit, { clock, native, roots, views, hiddenBefore: visibility.hiddenBefore });
  const stopRestores = collectRestores(emit, { views, hashRoutes });
  const clicks = collectClicks(emit, { clock, roots, views });
  const stopRoutes = collectRoutes(emit, { clock, roots, views, hashRoutes, lastClickAt: clicks.lastAt });
  const requests = collectRequests(emit, { clock, native, roots, views, propagateTo });
  const vitals = collectVitals(emit, { views });
  const stopBlocking = collectBlocking({ views });
  beforeFlush.report = () => {
    vitals.report();
    views.report();
  };

  // Registered after web-vitals' own listener, so that its last values are in what leaves.
  const stopHidden = onHidden((again) => {
    navigation.flush();
    requests.flush();
    roots.endAll();
    if (!again) views.touch(views.current());
    batch.flush(true);
    transport.leave();
  });

  return {
    emit,
    errors,
    session,
    views,
    stop() {
      [stopActivity, stopRestores, stopRoutes, stopBlocking, stopHidden].forEach((each) => each());
      [errors, navigation, clicks, requests, vitals, roots, visibility].forEach((each) => each.stop());
      batch.flush(true);
      batch.stop();
      transport.stop();
    },
  };
}
