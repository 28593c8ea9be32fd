// Every number that bounds what the agent keeps, waits for or sends.

/** A batch is handed over at this size; well under the quota below so that one fits beside another. */
export const BATCH_MAX_BYTES = 48 * 1024;
/** At exit a batch goes in pieces, so that the quota can be filled to its edge. */
export const EXIT_PIECE_MAX_BYTES = 19 * 1024;
export const BATCH_MAX_AGE_MILLIS = 5_000;
/** One record larger than this is dropped and counted: it would fill a whole batch. */
export const RECORD_MAX_BYTES = 40 * 1024;
/** Browsers allow 64 KiB of keepalive bodies in flight, shared with the page; we leave it a little. */
export const KEEPALIVE_MAX_BYTES = 60 * 1024;
/** What waits for the server; beyond it the oldest parcel is dropped and its records counted. */
export const QUEUE_MAX_BYTES = 512 * 1024;
export const SEND_TIMEOUT_MILLIS = 10_000;
export const RETRY_FIRST_MILLIS = 1_000;
export const RETRY_MAX_MILLIS = 60_000;
export const RETRY_MAX_ATTEMPTS = 8;

export const TEXT_MAX_LENGTH = 4_096;
export const STACK_MAX_LENGTH = 16_384;
export const SELECTOR_MAX_LENGTH = 100;
export const NAME_MAX_LENGTH = 256;
export const EVENT_MAX_ATTRIBUTES = 64;

export const SESSION_IDLE_MINUTES = 15;
export const SESSION_MAX_MINUTES = 240;
/** How stale our memory of the stored session may be: other tabs renew and rotate it too. */
export const SESSION_READ_MILLIS = 1_000;

/** A page is quiet when its requests have ended and its DOM has stood still for this long. */
export const QUIET_MILLIS = 100;
export const SETTLE_MAX_MILLIS = 10_000;
/** A document may wait for a slow load event longer than a route change may take. */
export const LOAD_SETTLE_MAX_MILLIS = 30_000;
/** A click this long before a route change counts as its cause. */
export const CLICK_CAUSES_ROUTE_MILLIS = 1_000;
/** A request seen this often outside of any load, click or route change is background polling. */
export const POLLING_SEEN = 2;
export const POLLING_MAX_KEYS = 100;

/** How long an answered request waits for its resource entry, which comes when the body has been read. */
export const ENTRY_WAIT_MILLIS = 5_000;
export const ENTRIES_KEPT = 100;

export const EXCEPTIONS_MAX_PER_VIEW = 100;
/** Redirects of other origins are hidden; a gap before the fetch shorter than this has no room for one. */
export const HIDDEN_REDIRECT_MILLIS = 20;
