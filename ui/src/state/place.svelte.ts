// Where the viewer is: the current address, how to move, and the report that the address describes.
import {
  formatReport,
  parseExtra,
  parseReport,
  resolveRange,
  withFilter,
  withoutFilter,
  type Filter,
  type Report,
} from './report';

const MOMENT_STALE_MILLIS = 30_000;

let path = $state(location.pathname);
let search = $state(location.search);
// Relative ranges count back from this instant. It is shared, so that all panels of a page ask about the same time.
let moment = $state(wholeSecond());

const report = $derived(parseReport(search));
const extra = $derived(parseExtra(search));
const range = $derived(resolveRange(report.range, moment));

export const place = {
  get path() {
    return path;
  },
  get report() {
    return report;
  },
  get extra() {
    return extra;
  },
  /** The range in milliseconds, fixed until the viewer moves or refreshes. */
  get range() {
    return range;
  },
};

/** Time and filters as every question sends them. */
export interface Scope {
  app?: string;
  from: string;
  to: string;
  filter?: string[];
}

/** The time of an answer, which is the page's own until there is one. */
export function rangeOf(about: { from: string; to: string } | undefined): { from: number; to: number } {
  return about ? { from: Date.parse(about.from), to: Date.parse(about.to) } : range;
}

export function scope(): Scope {
  const filter = report.filters.map(({ dimension, value }) => `${dimension}:${value}`);
  return {
    ...(report.app ? { app: report.app } : {}),
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    ...(filter.length > 0 ? { filter } : {}),
  };
}

export function navigate(href: string, how: 'push' | 'replace' = 'push'): void {
  const target = new URL(href, location.href);
  const samePath = target.pathname === path;
  if (target.pathname + target.search === path + search) return;
  if (how === 'push') history.pushState(null, '', target);
  else history.replaceState(null, '', target);
  arrive(target.pathname, target.search);
  if (!samePath) scrollTo(0, 0);
}

/** A link to another page that keeps the report. */
export function hrefOf(page: string, changes: Partial<Report> = {}, own: Record<string, string | null> = {}): string {
  return page + formatReport({ ...report, ...changes }, own);
}

/** Changes the report and stays on the page. */
export function changeReport(changes: Partial<Report>, how: 'push' | 'replace' = 'push'): void {
  if (changes.range) moment = wholeSecond();
  navigate(path + formatReport({ ...report, ...changes }, extra), how);
}

/** Changes the page's own part of the query, such as the chosen vital; null takes a key away. */
export function changeExtra(changes: Record<string, string | null>, how: 'push' | 'replace' = 'replace'): void {
  navigate(path + formatReport(report, { ...extra, ...changes }), how);
}

export function addFilter(filter: Filter): void {
  changeReport({ filters: withFilter(report.filters, filter) });
}

export function removeFilter(filter: Filter): void {
  changeReport({ filters: withoutFilter(report.filters, filter) });
}

/** Moves relative ranges to now, so that questions are asked again. */
export function refresh(): void {
  moment = wholeSecond();
}

/** Follows the browser's Back and Forward and turns clicks on own links into moves without a page load. */
export function followBrowser(): () => void {
  const onPop = () => arrive(location.pathname, location.search);
  const onClick = (event: MouseEvent) => {
    const link = (event.target as Element | null)?.closest?.('a[href]');
    if (!(link instanceof HTMLAnchorElement) || !isOwnClick(event, link)) return;
    event.preventDefault();
    navigate(link.href);
  };
  addEventListener('popstate', onPop);
  document.addEventListener('click', onClick);
  return () => {
    removeEventListener('popstate', onPop);
    document.removeEventListener('click', onClick);
  };
}

function isOwnClick(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const inside =
    link.origin === location.origin && !link.hash && link.target === '' && !link.pathname.startsWith('/api/');
  return plain && inside && !event.defaultPrevented;
}

function arrive(nextPath: string, nextSearch: string): void {
  if (Date.now() - moment > MOMENT_STALE_MILLIS) moment = wholeSecond();
  path = nextPath;
  search = nextSearch;
}

function wholeSecond(): number {
  return Math.floor(Date.now() / 1000) * 1000;
}
