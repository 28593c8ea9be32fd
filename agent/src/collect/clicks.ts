// Clicks as events, as the possible start of what comes after them, and as signs of frustration with their evidence.
import { A } from '../attributes.gen';
import { attempt } from '../browser/guard';
import { listen } from '../browser/listen';
import { selectorOf, stepOf } from '../browser/selector';
import { now } from '../context/clock';
import { emitEvent, nextId } from '../context/emit';
import { noteEffect, openRoot } from '../context/roots';
import { count, view, type View } from '../context/view';
import { CLICK_EFFECT_MILLIS, NAME_MAX_LENGTH, RAGE_CLICKS, RAGE_PIXELS, WAKE_UP_MILLIS } from '../limits';
import { int, type Attributes } from '../record';
import { options } from '../running';
import { feature } from './features';

const INTERACTIVE =
  '[data-limen-name],a,button,input,select,textarea,label,summary,option,[role=button],[role=link],[role=tab],[role=menuitem],[onclick]';
/** Where a click need not show anything: text fields, menus of the browser, drawings, media, what leads elsewhere. */
const QUIET =
  'input:not([type=button],[type=submit],[type=reset],[type=image]),textarea,select,option,label,canvas,video,audio,embed,object,iframe,[contenteditable],[target]:not([target=_self]),[download],[href^="mailto:"],[href^="tel:"]';

interface Click {
  id: bigint;
  at: number;
  x: number;
  y: number;
  view: View;
  attributes: Attributes;
  /** Which one it is of quick clicks on one place. */
  chain: number;
  blamed: boolean;
}

const EFFECTS =
  'input change scroll toggle focusin selectionchange play submit copy fullscreenchange hashchange beforeprint';

let last: Click | undefined;
let woke = -Infinity;

/** When the user last clicked, on the monotonic clock. */
export const lastClickAt = (): number => last?.at ?? -Infinity;

export function collectClicks(): void {
  const page = globalThis as unknown as EventTarget;
  last = undefined;
  listen<MouseEvent>(document, 'click', feature('clicks', clicked));
  // What the page may answer with besides requests and new nodes; and what wakes a window up, with or without a click.
  listen(page, `${EFFECTS} blur focus`, ({ type, target }) => {
    if (type === 'focus' && target === page) woke = now();
    else noteEffect();
  });
}

/** An error so soon after a click is that click's. */
export function blameClick(): void {
  if (!last || last.blamed || now() - last.at > CLICK_EFFECT_MILLIS) return;
  last.blamed = true;
  frustrated('error', last);
}

function frustrated(type: string, { view, id, attributes, chain }: Click): void {
  count('frustrations', view);
  emitEvent(
    A.EVENT_FRUSTRATION,
    {
      [A.FRUSTRATION_TYPE]: type,
      [A.FRUSTRATION_CLICK_ID]: id,
      [A.FRUSTRATION_CLICKS]: int(chain),
      [A.FRUSTRATION_WINDOW]: CLICK_EFFECT_MILLIS,
      ...attributes,
    },
    { view },
  );
}

function clicked(event: MouseEvent): void {
  const target = attempt(() => event.composedPath()[0]) ?? event.target;
  if (!event.isTrusted || !(target instanceof Element)) return;
  // The element that was meant: the nearest one that does something, through shadow roots that are open.
  const element = target.closest(INTERACTIVE) ?? target;
  const quiet = !!target.closest(QUIET);
  const { clientX: x, clientY: y, timeStamp } = event;
  const at = timeStamp > 0 && timeStamp <= now() ? timeStamp : now();
  const attributes = describeClick(element);
  const near =
    last &&
    last.attributes[A.CSS_SELECTOR] === attributes[A.CSS_SELECTOR] &&
    at - last.at <= CLICK_EFFECT_MILLIS &&
    Math.hypot(x - last.x, y - last.y) <= RAGE_PIXELS;
  const chain = near ? last!.chain + 1 : 1;
  count('actions');
  last = { id: nextId(), at, x, y, view, attributes, chain, blamed: false };
  followClick(last, !quiet && mayBeDead(event, element));
  // A selection of text takes two or three clicks, and is none of anger.
  if (chain === RAGE_CLICKS && !quiet && !`${getSelection() ?? ''}`) frustrated('rage', last);
}

/** Tells a click once its consequences are known: with the trace it began, or without one. */
function followClick(click: Click, mayBeDead: boolean): void {
  const { view, at, attributes, id } = click;
  let told = false;
  const tell = (caused: boolean): void => {
    if (told) return;
    told = true;
    const draft = { instant: root.instant, view, trace: caused ? root : null };
    emitEvent(A.EVENT_CLICK, { ...attributes, [A.EVENT_ID]: id }, draft);
  };
  const root = openRoot({
    name: 'click',
    view,
    start: at,
    attributes,
    onSent: () => tell(true),
    onEnd: (over) => {
      tell(false);
      const waited = now() - at >= CLICK_EFFECT_MILLIS;
      if (mayBeDead && over !== undefined && waited && !root.acted) frustrated('dead', click);
    },
  });
}

/** Only what promises an effect in this page can fail to have one. A double click selects; one on waking only wakes. */
const mayBeDead = ({ ctrlKey, metaKey, shiftKey, detail }: MouseEvent, element: Element): boolean =>
  !ctrlKey && !metaKey && !shiftKey && detail < 2 && now() - woke > WAKE_UP_MILLIS && element.matches(INTERACTIVE);

/** Never the text on the page, unless the page allows it: that is the user's business. */
function describeClick(element: Element): Attributes {
  const named = element.closest('[data-limen-name]')?.getAttribute('data-limen-name')?.trim();
  const mayRead = options.allowText || element.closest('[data-limen-allow]');
  const text = mayRead && !element.closest('[data-limen-mask]') && element.textContent?.trim().replace(/\s+/g, ' ');
  return {
    [A.ACTION_NAME]: (named || text || stepOf(element)).slice(0, NAME_MAX_LENGTH),
    [A.CSS_SELECTOR]: selectorOf(element),
    [A.TAG_NAME]: element.nodeName.toUpperCase(),
  };
}
