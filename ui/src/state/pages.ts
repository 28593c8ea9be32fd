// The pages of the rail, the palette and the keys: one list, so that none of them forgets one.
import type { Page } from './routes';

export interface RailPage {
  href: string;
  word: string;
  icon:
    | 'overview'
    | 'pages'
    | 'explore'
    | 'explain'
    | 'sessions'
    | 'error'
    | 'server'
    | 'table'
    | 'check'
    | 'coverage'
    | 'lock'
    | 'journeys'
    | 'link'
    | 'traces'
    | 'services'
    | 'logs'
    | 'metrics'
    | 'dashboards'
    | 'usage'
    | 'limits'
    | 'rules'
    | 'clock'
    | 'source'
    | 'people';
  group: 'Experience' | 'Investigate' | 'Data';
  /** The pages at which it is marked as the current one. */
  shows: readonly Page['name'][];
  keys: string;
  /** What of the top bar the page obeys: everything, application and time, or the application alone. */
  obeys: 'all' | 'time' | 'app';
}

export const PAGES: readonly RailPage[] = [
  {
    href: '/',
    word: 'Overview',
    icon: 'overview',
    group: 'Experience',
    shows: ['overview'],
    keys: 'g o',
    obeys: 'all',
  },
  {
    href: '/pages',
    word: 'Pages',
    icon: 'pages',
    group: 'Experience',
    shows: ['pages', 'page'],
    keys: 'g p',
    obeys: 'all',
  },
  {
    href: '/sessions',
    word: 'Sessions',
    icon: 'sessions',
    group: 'Experience',
    shows: ['sessions', 'session'],
    keys: 'g s',
    obeys: 'all',
  },
  {
    href: '/errors',
    word: 'Errors',
    icon: 'error',
    group: 'Experience',
    shows: ['errors', 'error'],
    keys: 'g b',
    obeys: 'all',
  },
  {
    href: '/requests',
    word: 'Requests',
    icon: 'server',
    group: 'Experience',
    shows: ['requests'],
    keys: 'g q',
    obeys: 'all',
  },
  {
    href: '/third-parties',
    word: 'Third parties',
    icon: 'link',
    group: 'Experience',
    shows: ['parties'],
    keys: 'g y',
    obeys: 'all',
  },
  {
    href: '/journeys',
    word: 'Journeys',
    icon: 'journeys',
    group: 'Experience',
    shows: ['journeys'],
    keys: 'g j',
    obeys: 'all',
  },
  {
    href: '/dashboards',
    word: 'Dashboards',
    icon: 'dashboards',
    group: 'Experience',
    shows: ['dashboards', 'dashboard'],
    keys: 'g w',
    obeys: 'all',
  },
  {
    href: '/explore',
    word: 'Explore',
    icon: 'explore',
    group: 'Investigate',
    shows: ['explore'],
    keys: 'g x',
    obeys: 'all',
  },
  {
    href: '/explain',
    word: 'Explain',
    icon: 'explain',
    group: 'Investigate',
    shows: ['explain'],
    keys: 'g e',
    obeys: 'all',
  },
  {
    href: '/traces',
    word: 'Traces',
    icon: 'traces',
    group: 'Investigate',
    shows: ['traces', 'trace'],
    keys: 'g t',
    obeys: 'all',
  },
  {
    href: '/services',
    word: 'Services',
    icon: 'services',
    group: 'Investigate',
    shows: ['services'],
    keys: 'g v',
    obeys: 'all',
  },
  { href: '/logs', word: 'Logs', icon: 'logs', group: 'Investigate', shows: ['logs'], keys: 'g l', obeys: 'all' },
  {
    href: '/services/metrics',
    word: 'Metrics',
    icon: 'metrics',
    group: 'Investigate',
    shows: ['metrics'],
    keys: 'g i',
    obeys: 'time',
  },
  { href: '/sql', word: 'SQL', icon: 'table', group: 'Investigate', shows: ['sql'], keys: 'g d', obeys: 'app' },
  {
    href: '/data/doctor',
    word: 'Set-up',
    icon: 'check',
    group: 'Data',
    shows: ['doctor'],
    keys: 'g n',
    obeys: 'all',
  },
  {
    href: '/data/coverage',
    word: 'Coverage',
    icon: 'coverage',
    group: 'Data',
    shows: ['coverage'],
    keys: 'g c',
    obeys: 'all',
  },
  { href: '/data/keys', word: 'Keys', icon: 'lock', group: 'Data', shows: ['keys'], keys: 'g a', obeys: 'app' },
  { href: '/data/usage', word: 'Usage', icon: 'usage', group: 'Data', shows: ['usage'], keys: 'g u', obeys: 'time' },
  {
    href: '/data/limits',
    word: 'Limits & sampling',
    icon: 'limits',
    group: 'Data',
    shows: ['limits'],
    keys: 'g m',
    obeys: 'app',
  },
  { href: '/data/rules', word: 'Rules', icon: 'rules', group: 'Data', shows: ['rules'], keys: 'g r', obeys: 'time' },
  {
    href: '/data/source-maps',
    word: 'Source maps',
    icon: 'source',
    group: 'Data',
    shows: ['source-maps'],
    keys: 'g f',
    obeys: 'app',
  },
  {
    href: '/data/retention',
    word: 'Retention',
    icon: 'clock',
    group: 'Data',
    shows: ['retention'],
    keys: 'g k',
    obeys: 'app',
  },
  { href: '/data/people', word: 'People', icon: 'people', group: 'Data', shows: ['people'], keys: 'g h', obeys: 'app' },
];

export const GROUPS = ['Experience', 'Investigate', 'Data'] as const;

/** The entry of the rail that a page belongs to; none for an unknown address. */
export function railPageOf(name: Page['name']): RailPage | undefined {
  return PAGES.find((page) => page.shows.includes(name));
}
