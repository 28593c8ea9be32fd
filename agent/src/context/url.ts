// Takes what may be private out of URLs before they leave: query values, fragments, credentials.
import { attempt } from '../browser/guard';

/** Keeps origin, path and the names of the query's parameters. */
export function redactUrl(raw: string, base?: string): string {
  const url = attempt(() => new URL(raw, base));
  if (!url) return withoutQuery(raw);
  if (url.protocol === 'data:') return 'data:';
  const names = [...url.searchParams.keys()].map((name) => `${encodeURIComponent(name)}=`);
  const query = names.length > 0 ? `?${names.join('&')}` : '';
  // URLs without an authority (blob:, about:) have the origin "null" or keep it inside their path.
  const start = url.host ? `${url.protocol}//${url.host}` : url.protocol;
  return start + url.pathname + query;
}

/** Like `redactUrl`, but keeps a fragment that is a route ("#/cart"), for pages that route by it. */
export function redactRouteUrl(raw: string, hashRoutes: boolean): string {
  const hash = hashRoutes ? attempt(() => new URL(raw).hash) : undefined;
  return redactUrl(raw) + (hash?.startsWith('#/') ? withoutQuery(hash, '?') : '');
}

function withoutQuery(raw: string, marks = '?#'): string {
  const end = [...raw].findIndex((letter) => marks.includes(letter));
  return end < 0 ? raw : raw.slice(0, end);
}

// One pass, no nesting: a URL up to its query, the query, and the line and column that stacks append.
const URL_IN_TEXT = /([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s()?#"'<>]*)([?#][^\s()"'<>]*)?/gi;
const POSITION = /(?::\d{1,9}){1,2}$/;

/** Strips queries, fragments and credentials from every URL in a stack or message. */
export function redactText(text: string): string {
  return text.replace(URL_IN_TEXT, (_whole, scheme: string, rest: string, query: string | undefined) => {
    const slash = rest.indexOf('/');
    const at = rest.lastIndexOf('@', slash < 0 ? rest.length : slash);
    return scheme + rest.slice(at + 1) + (query ? (POSITION.exec(query)?.[0] ?? '') : '');
  });
}
