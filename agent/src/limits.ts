// Every number that bounds what the agent keeps, waits for or sends.

/** A batch is handed over at this size, before it is packed. */
export const BATCH_MAX_BYTES = 120 * 1024;
/** The room for packing one, with what is around the records. */
export const PACK_MAX_BYTES = 160 * 1024;
/** The first batch tells soon that somebody is there; those after it take their time. */
export const BATCH_FIRST_AGE_MILLIS = 5_000;
export const BATCH_MAX_AGE_MILLIS = 10_000;
/** So much waits until it is worth packing: little enough for the last moment of a page. */
export const PACK_STEP_BYTES = 8 * 1024;
/** One record larger than this is dropped and counted: it would fill a whole batch. */
export const RECORD_MAX_BYTES = 40 * 1024;
/** What a session that is left out keeps, should something happen that brings it back. */
export const RING_MAX_RECORDS = 100;
/** Browsers allow 64 KiB of keepalive bodies in flight, shared with the page; we leave it a little. */
export const KEEPALIVE_MAX_BYTES = 60 * 1024;
/** What waits for the server; beyond it the oldest parcel is dropped and its records counted. */
export const QUEUE_MAX_BYTES = 512 * 1024;
/** What waits for the next visit when the browser is offline. */
export const OFFLINE_MAX_LENGTH = 200 * 1024;
export const SEND_TIMEOUT_MILLIS = 10_000;
export const RETRY_FIRST_MILLIS = 1_000;
export const RETRY_MAX_MILLIS = 60_000;
export const RETRY_MAX_ATTEMPTS = 8;

export const TEXT_MAX_LENGTH = 4_096;
export const STACK_MAX_LENGTH = 16_384;
export const SELECTOR_MAX_LENGTH = 100;
export const NAME_MAX_LENGTH = 256;
export const ATTRIBUTES_MAX = 64;
export const VALUE_MAX_DEPTH = 4;
/** Calls the page makes before the agent may start, such as before consent. */
export const CALLS_KEPT = 50;

/** How stale our memory of the stored session may be: other tabs renew and rotate it too. */
export const SESSION_READ_MILLIS = 1_000;
/** A session from this far in the future was written before the clock was set back. */
export const SESSION_FUTURE_MILLIS = 60_000;

/** A page is quiet when its requests have ended and its DOM has stood still for this long. */
export const QUIET_MILLIS = 100;
export const SETTLE_MAX_MILLIS = 10_000;
/** A document may wait for a slow load event longer than a route change may take. */
export const LOAD_SETTLE_MAX_MILLIS = 30_000;
/** A click this long before a route change or an error counts as its cause; without any effect for so long, it is dead. */
export const CLICK_EFFECT_MILLIS = 1_000;
/** So many clicks on one place within a second are rage. */
export const RAGE_CLICKS = 3;
export const RAGE_PIXELS = 100;
/** A click so soon after the window came to the front only woke it up. */
export const WAKE_UP_MILLIS = 500;
/** A request seen this often outside of any load, click or route change is background polling. */
export const POLLING_SEEN = 2;
export const POLLING_MAX_KEYS = 100;

/** How long an answered request waits for its resource entry, which comes when the body has been read. */
export const ENTRY_WAIT_MILLIS = 5_000;
export const ENTRIES_KEPT = 100;

/** Of each kind of event that a page can make without end, so many are told per view. */
export const EVENTS_MAX_PER_VIEW = 100;
export const FRAME_SCRIPTS_MAX = 3;
export const CAUSES_MAX = 5;
/** Redirects of other origins are hidden; a gap before the fetch shorter than this has no room for one. */
export const HIDDEN_REDIRECT_MILLIS = 20;
/** Long lists of entries are taken in slices, so that no task of ours gets long. */
export const SLICE_MILLIS = 2;
/** Beyond the budget for the start, this share of the time may be ours before features are shed. */
export const BUDGET_SHARE = 0.01;
