// Tells the page's own hosts from third parties, and the agent's own requests from both.
import { options } from '../running';

/** Known only while the script itself is evaluated. */
const script = typeof document === 'undefined' ? undefined : (document.currentScript as HTMLScriptElement | null)?.src;

/** Whether a URL belongs to the agent itself, to the letter. Its requests are known by the function they use. */
export const isOwn = (url: string): boolean =>
  url === script ||
  (url.startsWith(options.endpoint) &&
    (options.otlp ? ['/v1/logs', '/v1/traces'] : [options.path]).includes(
      url.split('?', 1)[0]!.slice(options.endpoint.length),
    ));

/** Whether a URL leads elsewhere: hosts of one site are one party, as are those the page has named. */
export const isThirdParty = (url: string): true | undefined => {
  const host = /^https?:\/\/([^/:?#]+)/.exec(url)?.[1];
  const own = [siteOf(location.hostname), ...options.firstParty];
  return (host && !own.some((each) => host === each || host.endsWith(`.${each}`))) || undefined;
};

// Without the public suffix list: two labels, or three below a short second one such as "co.uk". An address is itself.
export function siteOf(host: string): string {
  if (/^[\d.]+$|:/.test(host)) return host;
  return /[^.]+\.(?:[^.]{1,3}\.[^.]{2}|[^.]+)$/.exec(host)?.[0] ?? host;
}
