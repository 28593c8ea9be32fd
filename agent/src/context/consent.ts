// Waits for the user's word: nothing is stored, sent, patched or propagated before it is yes, and a no takes it back.
import { attempt } from '../browser/guard';
import { listenAll } from '../browser/listen';
import type { Options } from '../public';

/** Calls back with the user's word whenever the consent manager knows it; returns what ends the listening. */
export function watchConsent(consent: Options['consent'], decide: (granted: boolean) => void): () => void {
  if (consent === 'tcf') return watchTcf(decide);
  if (consent === 'google') return watchGoogle(decide);
  return () => undefined;
}

interface TcData {
  eventStatus?: string;
  listenerId?: number;
  gdprApplies?: boolean;
  purpose?: { consents?: Record<number, boolean | undefined> };
}
type Tcf = (command: string, version: number, callback?: (data: TcData, success: boolean) => void, id?: number) => void;

/** To store on a device, and to measure the performance of content. */
const TCF_PURPOSES = [1, 8];

// https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework (TCF 2.2, CMP API)
function watchTcf(decide: (granted: boolean) => void): () => void {
  const tcf = (globalThis as { __tcfapi?: Tcf }).__tcfapi;
  let listener: number | undefined;
  attempt(() =>
    tcf?.('addEventListener', 2, (data, success) => {
      if (!success) return;
      listener = data.listenerId;
      // While the banner is open, nothing has been said.
      if (data.gdprApplies === false) decide(true);
      else if (/^(tcloaded|useractioncomplete)$/.test(data.eventStatus!))
        decide(TCF_PURPOSES.every((purpose) => data.purpose?.consents?.[purpose]));
    }),
  );
  return () => attempt(() => tcf?.('removeEventListener', 2, () => undefined, listener));
}

// https://developers.google.com/tag-platform/security/guides/consent: commands lie in the data layer, which is only
// read here, after what a user may have said: wrapping its `push` would be a change of the page before consent.
function watchGoogle(decide: (granted: boolean) => void): () => void {
  let seen = 0;
  let last: unknown;
  const look = (): void => {
    const layer = (globalThis as { dataLayer?: ArrayLike<unknown>[] }).dataLayer ?? [];
    if (seen > layer.length) seen = 0;
    for (; seen < layer.length; seen++) {
      const [command, kind, said] = Array.from(layer[seen] ?? []) as [unknown, unknown, Record<string, unknown>?];
      const word = command === 'consent' && said?.analytics_storage;
      // Where the user is, we do not know: a default that denies in some region denies until there is an update.
      if (word && (kind === 'update' || word === 'denied' || !(last || said!.region))) last = word;
    }
    if (last) decide(last === 'granted');
  };
  look();
  // Banners answer to a click, some a moment later; a page comes to rest with an input or a look away.
  const later = (): void => {
    setTimeout(look);
    setTimeout(look, 1_000);
  };
  return listenAll(document, 'click keyup visibilitychange readystatechange', later);
}
