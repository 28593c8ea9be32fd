// Tells what looks like a secret or a person: e-mail addresses, tokens, long numbers.

// No nested repetition: a hostile page must not be able to hold the browser up with a long text.
const MARK = /@|%40|^ey[\w-]{8,}\.|\d{9,}|[0-9a-f]{8}-[0-9a-f]{4}-|\d{4}[ -]\d{4}[ -]\d{4}/i;
const RUN = /[a-z0-9]{16,}/gi;

/** Whether a word, a path segment or an id was not written by a developer. */
export const looksSecret = (word: string): boolean =>
  MARK.test(word) || (word.match(RUN) ?? []).some((run) => /\d/.test(run) && /[a-z]/i.test(run));
