// Text that strangers wrote: how it is named, shortened and linked without ever becoming markup.
import type { Dimension } from '../state/report';

const regions = new Intl.DisplayNames(['en'], { type: 'region' });

export const DIMENSION_NAMES: Record<Dimension, string> = {
  route: 'Route',
  country: 'Country',
  device: 'Device',
  browser: 'Browser',
  os: 'OS',
  release: 'Release',
  environment: 'Environment',
  network: 'Network',
  service: 'Service',
};

export function formatCountry(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code === '' ? 'Unknown country' : code;
  return regions.of(code) ?? code;
}

export function formatDimensionValue(dimension: string, value: string): string {
  if (value === '') return 'unknown';
  return dimension === 'country' ? formatCountry(value) : value;
}

/** The address when it is safe to be a link, else null: only http and https, and no user name hidden before the host. */
export function safeHref(text: string): string | null {
  try {
    const url = new URL(text);
    const web = url.protocol === 'http:' || url.protocol === 'https:';
    return web && url.username === '' && url.password === '' ? url.href : null;
  } catch {
    return null;
  }
}

/** Cuts on whole characters, in the middle when the end tells more than the middle, as in paths. */
export function shorten(text: string, most: number, where: 'end' | 'middle' = 'end'): string {
  if (text.length <= most) return text;
  const characters = [...text.slice(0, most * 4)];
  if (where === 'end') return `${characters.slice(0, most - 1).join('')}…`;
  const half = Math.floor((most - 1) / 2);
  return `${[...text.slice(0, half * 2)].slice(0, half).join('')}…${[...text.slice(-half * 2)].slice(-half).join('')}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

/** An attribute's value for people: text as it is, everything else as JSON. */
export function formatAttribute(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
