// Clicks as events, as the possible start of what comes after them, and as signs of frustration with their evidence.
import type { Agent, Stop } from '../agent';
import * as A from '../attributes.gen';
import { attempt } from '../browser/guard';
import { listen, listenAll } from '../browser/listen';
import { selectorOf, stepOf } from '../browser/selector';
import type { View } from '../context/view';
import { CLICK_EFFECT_MILLIS, NAME_MAX_LENGTH, RAGE_CLICKS, RAGE_PIXELS, WAKE_UP_MILLIS } from '../limits';
import { int, type Attributes } from '../record';

const INTERACTIVE =
  '[data-limen-name],a,button,input,select,textarea,label,summary,option,[role=button],[role=link],[role=tab],[role=menuitem],[onclick]';
/** Where a click need not show anything: text fields, menus of the browser, drawings, media, what leads elsewhere. */
const QUIET =
  'input:not([type=button]):not([type=submit]):not([type=reset]):not([type=image]),textarea,select,option,label,canvas,video,audio,embed,object,iframe,[contenteditable],[target]:not([target=_self]),[download],[href^="mailto:"],[href^="tel:"]';

interface Click {
  id: bigint;
  at: number;
  x: number;
  y: number;
  view: View;
  attributes: Attributes;
  chain: number;
  toldError: boolean;
}

export function collectClicks(agent: Agent): Stop {
  const { clock, roots, views, emit, options } = agent;
  let last: Click | undefined;
  let woke = -Infinity;

  function frustrated(type: string, click: Click, evidence: Attributes): void {
    views.count(click.view, 'frustrations');
    emit.event(
      A.EVENT_FRUSTRATION,
      {
        [A.FRUSTRATION_TYPE]: type,
        [A.FRUSTRATION_CLICK_ID]: click.id,
        [A.FRUSTRATION_WINDOW]: CLICK_EFFECT_MILLIS,
        ...evidence,
        ...click.attributes,
      },
      { view: click.view, trace: null },
    );
  }

  function clicked(event: MouseEvent): void {
    const element = elementOf(event);
    if (!event.isTrusted || !element) return;
    const now = clock.now();
    const at = event.timeStamp > 0 && event.timeStamp <= now ? event.timeStamp : now;
    const view = views.current();
    views.count(view, 'actions');
    const attributes = describeClick(element, options.allowText);
    const { clientX: x, clientY: y } = event;
    const near =
      last?.attributes[A.CSS_SELECTOR] === attributes[A.CSS_SELECTOR] &&
      at - last!.at <= CLICK_EFFECT_MILLIS &&
      Math.hypot(x - last!.x, y - last!.y) <= RAGE_PIXELS;
    const click: Click = {
      id: emit.nextId(),
      at,
      x,
      y,
      view,
      attributes,
      chain: near ? last!.chain + 1 : 1,
      toldError: false,
    };
    last = click;
    agent.lastClick = at;
    followClick(click, mayBeDead(event, element, at - woke));
    // A selection of text takes two or three clicks, and is none of anger.
    if (click.chain === RAGE_CLICKS && !element.closest(QUIET) && !`${getSelection() ?? ''}`)
      frustrated('rage', click, { [A.FRUSTRATION_CLICKS]: int(click.chain) });
  }

  function followClick(click: Click, mayBeDead: boolean): void {
    const { view, at, attributes } = click;
    let told = false;
    // Told once its consequences are known: with the trace it began, or without one.
    const tell = (caused: boolean): void => {
      if (told) return;
      told = true;
      emit.event(
        A.EVENT_CLICK,
        { [A.EVENT_ID]: click.id, ...attributes },
        { instant: root.instant, view, trace: caused ? root : null },
      );
    };
    const root = roots.open({
      kind: 'click',
      view,
      start: at,
      attributes,
      onSent: () => tell(true),
      onEnd: ({ settled }) => {
        tell(false);
        const waited = clock.now() - at >= CLICK_EFFECT_MILLIS;
        if (mayBeDead && settled && waited && !root.acted) frustrated('dead', click, {});
      },
    });
  }

  agent.onError = () => {
    if (!last || last.toldError || clock.now() - last.at > CLICK_EFFECT_MILLIS) return;
    last.toldError = true;
    frustrated('error', last, {});
  };
  const page = globalThis as unknown as EventTarget;
  const wakeUp = (): void => void (woke = clock.now());
  const stops = [
    listen<MouseEvent>(document, 'click', clicked),
    listen(page, 'focus', ({ target }) => target === page && wakeUp()),
    // What the page may answer with besides requests and new nodes.
    listenAll(
      document,
      'input change scroll toggle focusin selectionchange play submit copy fullscreenchange',
      roots.noteEffect,
    ),
    listenAll(page, 'blur hashchange beforeprint', roots.noteEffect),
  ];
  return () => {
    agent.onError = undefined;
    stops.forEach((stop) => stop());
  };
}

/** The element that was meant: the nearest one that does something, through shadow roots that are open. */
function elementOf(event: MouseEvent): Element | undefined {
  const target = attempt(() => event.composedPath()[0]) ?? event.target;
  return target instanceof Element ? (target.closest(INTERACTIVE) ?? target) : undefined;
}

/** Only what promises an effect in this page can fail to have one. */
const mayBeDead = (event: MouseEvent, element: Element, awake: number): boolean =>
  !event.ctrlKey &&
  !event.metaKey &&
  !event.shiftKey &&
  event.detail < 2 &&
  awake > WAKE_UP_MILLIS &&
  element.matches(INTERACTIVE) &&
  !element.closest(QUIET);

/** Never the text on the page, unless the page allows it: that is the user's business. */
function describeClick(element: Element, allowText: boolean): Attributes {
  const named = element.closest('[data-limen-name]')?.getAttribute('data-limen-name')?.trim();
  const masked = element.closest('[data-limen-mask]');
  const allowed = !masked && (allowText || element.closest('[data-limen-allow]'));
  const text = allowed ? element.textContent?.trim().replace(/\s+/g, ' ') : undefined;
  return {
    [A.ACTION_NAME]: (named || text || stepOf(element)).slice(0, NAME_MAX_LENGTH),
    [A.CSS_SELECTOR]: selectorOf(element),
    [A.TAG_NAME]: element.nodeName.toUpperCase(),
  };
}
