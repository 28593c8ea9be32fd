// One scripted visit: opens the page, clicks where the page says once it is at rest, and leaves as a person would.
import { EventEmitter, once } from 'node:events';

const PATIENCE_MILLIS = 60_000;

/** What every visit must come to, or what was measured is not the visit. */
export const CLICKS = 30;
export const REQUESTS = 60;

/** Opens a page in a profile of its own, still blank, with a session of the browser's debugging protocol. */
export async function openTab(browser, site) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  // The measuring begins in the same process that will show the page.
  await page.goto(`${site.origin}/blank`);
  const told = new EventEmitter();
  cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === 'benchNext') told.emit('next', JSON.parse(payload));
  });
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name: 'benchNext' });

  async function next(what) {
    const patience = AbortSignal.timeout(PATIENCE_MILLIS);
    const [place] = await once(told, 'next', { signal: patience }).catch((error) => {
      throw new Error(`the page did not come to rest after ${what}`, { cause: error });
    });
    return place;
  }

  return {
    cdp,
    page,
    /** Loads the page, until it rests for the first time. */
    async load() {
      const [place] = await Promise.all([next('its load'), cdp.send('Page.navigate', { url: `${site.origin}/` })]);
      return place;
    },
    /** All clicks, from the first place to the end. */
    async click(first) {
      let place = first;
      for (let count = 1; !place.done; count += 1) {
        [place] = await Promise.all([next(`click ${count}`), press(cdp, place)]);
      }
      if (place.clicks !== CLICKS || site.visit.asked !== REQUESTS) {
        throw new Error(`a visit of ${place.clicks} clicks and ${site.visit.asked} requests: it went wrong`);
      }
      if (site.visit.strangers.length > 0) {
        throw new Error(`${site.visit.contestant?.name} asked the page's origin for ${site.visit.strangers}`);
      }
    },
    leave: () => page.goto('about:blank'),
    close: () => context.close(),
  };
}

async function press(cdp, { x, y }) {
  const at = { x, y, button: 'left', clickCount: 1 };
  await cdp.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
  await cdp.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
  await cdp.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
}
