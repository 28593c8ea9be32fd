// Tells the page's own hosts from third parties.

/** Hosts of one site are one party, and those the page has named with everything below them. */
export function isThirdParty(url: string, pageHost: string, firstParty: readonly string[]): boolean {
  const host = /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/.exec(url)?.[1];
  return !!host && ![siteOf(pageHost), ...firstParty].some((own) => host === own || host.endsWith(`.${own}`));
}

// Without the public suffix list: two labels, or three below a short second one such as "co.uk". An address is itself.
function siteOf(host: string): string {
  const labels = host.split('.');
  if (/^[\d.]+$|:/.test(host)) return host;
  const short = (labels[labels.length - 2]?.length ?? 0) <= 3 && labels[labels.length - 1]!.length === 2;
  return labels.slice(short ? -3 : -2).join('.');
}
