// Takes what may be private out of URLs and texts before they leave.
import { attempt } from '../browser/guard';
import { options } from '../running';
import { looksSecret } from './secrets';

const REDACTED = ':redacted';

/** Keeps origin, path and the names of the query's parameters; path segments that look like secrets are replaced. */
export function redactUrl(raw: string, base?: string): string {
  const url = attempt(() => new URL(raw, base));
  if (!url) return redactPath(raw.split(/[?#]/, 1)[0]!);
  if (url.protocol === 'data:') return 'data:';
  let query = '';
  url.searchParams.forEach((value, name) => {
    const kept = options?.allowQuery.includes(name) ? encodeURIComponent(value) : '';
    query += `${query ? '&' : '?'}${looksSecret(name) ? REDACTED : encodeURIComponent(name)}=${kept}`;
  });
  // URLs without an authority (blob:, about:) have the origin "null" or keep it inside their path.
  return (url.host ? `${url.protocol}//${url.host}` : url.protocol) + redactPath(url.pathname) + query;
}

/** Like `redactUrl`, but keeps a fragment that is a route ("#/cart"), for pages that route by it. */
export function redactRouteUrl(raw: string, hashRoutes: boolean): string {
  const hash = hashRoutes && raw.indexOf('#/');
  return redactUrl(raw) + (hash && hash > 0 ? redactPath(raw.slice(hash).split('?', 1)[0]!) : '');
}

// A file may bear a hash in its name, which finds its source map.
const redactPath = (path: string): string =>
  path
    .split('/')
    .map((part) =>
      looksSecret(attempt(() => decodeURIComponent(part)) ?? part) &&
      !/^[^@%]+\.(m?js|css|html?|png|jpe?g|svg|webp|woff2?)(:|$)/.test(part)
        ? REDACTED
        : part,
    )
    .join('/');

// One pass without nesting: URLs with the line and column that stacks append, values of telling names, e-mail
// addresses, tokens and numbers as long as a card's.
const PRIVATE =
  /([a-z][a-z0-9+.-]{0,30}:\/\/[^\s()"'<>]+)|\b((?:pass|pwd|secret|token|auth|api.?key|session|cookie|card|ssn|iban)\w{0,20}["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer |basic )?)[^\s"',;]+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,99}|data:[^\s"')]+|\d(?:[ -]?\d){11,18}|[\w.-]{16,}/gi;
const POSITION = /(?::\d{1,9}){1,2}$/;

/** What is cut off may be the end of a secret that would not be seen for one without it. */
const MARGIN = 256;

/** Takes secrets out of a message or a stack, of which no more than `maxLength` is kept. */
export function redactText(text: string, maxLength = Infinity): string {
  const clean = text.slice(0, maxLength + MARGIN).replace(PRIVATE, (whole: string, url?: string, name?: string) => {
    if (url) {
      const position = POSITION.exec(url)?.[0] ?? '';
      return redactUrl(url.slice(0, url.length - position.length).split(/[?#]/, 1)[0]!) + position;
    }
    return name ? name + REDACTED : looksSecret(whole) || whole.startsWith('data:') ? REDACTED : whole;
  });
  return clean.slice(0, maxLength);
}

/** What ran a script, without the id of the element: that may be anybody's. */
export const redactInvoker = (invoker: string): string => redactText(invoker.replace(/#.*(?=\.)/, ''));
