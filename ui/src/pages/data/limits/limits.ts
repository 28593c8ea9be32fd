// Who may send how much, and which sessions are recorded: the settings as fields of a form, and back.
import type { Admission, Sampling } from '../../../api/types';
import { formatBytes } from '../../../format/bytes';
import { formatCount, formatShare } from '../../../format/number';
import { type Bounds, readLines, readNumber, type Typed, writeNumber } from '../../../state/form';

const PACE: Bounds = { min: 1, max: 10_000_000, empty: 'no limit' };
const QUOTA: Bounds = { min: 1, max: Number.MAX_SAFE_INTEGER, empty: 'no quota' };
const SHARE: Bounds = { min: 0, max: 100, empty: 'the page’s own share', whole: false };

/** Numbers of the setting: its name, the word for it, and how it is bounded. */
export const PACES = [
  ['max_events_per_second', 'Events a second', PACE],
  ['key_requests_per_second', 'Requests a second with one key', PACE],
  ['address_requests_per_second', 'Requests a second from one address', PACE],
  ['session_events_per_second', 'Events a second of one session', PACE],
  ['daily_events_max', 'Events a day', QUOTA],
  ['daily_bytes_max', 'Bytes a day', { ...QUOTA, unit: 'bytes' }],
] as const satisfies readonly (readonly [keyof Admission, string, Bounds])[];
type Pace = (typeof PACES)[number][0];

export type AdmissionForm = Record<Pace | 'origins', string>;

const unitOf = (bounds: Bounds) => bounds.unit;

export function admissionForm(admission: Admission): AdmissionForm {
  const paces = PACES.map(([name, , bounds]) => [name, writeNumber(admission[name], unitOf(bounds))]);
  return { origins: (admission.origins ?? []).join('\n'), ...(Object.fromEntries(paces) as Record<Pace, string>) };
}

export function readAdmission(form: AdmissionForm, saved: Admission): Typed<Admission> {
  const errors: Record<string, string> = {};
  const value: Admission = { ...saved, origins: readLines(form.origins) };
  const wrong = value.origins?.find((origin) => !isOrigin(origin));
  if (wrong !== undefined)
    errors['origins'] =
      `“${wrong.slice(0, 80)}” is no origin: write it as https://shop.example, or https://*.shop.example.`;
  for (const [name, , bounds] of PACES) {
    const read = readNumber(form[name], bounds);
    if ('error' in read) errors[name] = read.error;
    else value[name] = read.value;
  }
  return { value, errors };
}

/** Scheme and host, perhaps with a port; the host may begin with `*.`. */
export function isOrigin(text: string): boolean {
  const bare = text.replace(/^(https?:\/\/)\*\./, '$1');
  if (!/^https?:\/\/[^\s/?#@*]+$/i.test(bare)) return false;
  return URL.canParse(bare);
}

export function describeAdmission(admission: Admission): Record<string, string> {
  const limit = (value: number | null | undefined, bounds: Bounds) =>
    value == null
      ? (bounds.empty ?? 'none')
      : unitOf(bounds) === 'bytes'
        ? formatBytes(value)
        : value.toLocaleString('en');
  const paces = PACES.map(([name, word, bounds]) => [word, limit(admission[name], bounds)]);
  return { Origins: (admission.origins ?? []).join(', ') || 'any', ...Object.fromEntries(paces) };
}

export const FEATURES = [
  ['user_timing', 'User timing', 'performance.mark and measure of the page'],
  ['console', 'Console', 'errors and warnings written to the console'],
  ['resources', 'Resources', 'the timing of scripts, images and styles'],
  ['frames', 'Long frames', 'what kept the page from answering; without it INP has no cause'],
  ['reports', 'Reports', 'deprecations, interventions and policy violations'],
  ['scroll', 'Scrolling', 'how far a page was read'],
  ['clicks', 'Clicks', 'what was clicked, with rage and dead clicks'],
] as const;

export interface SamplingForm {
  share: string;
  promote: string;
  off: Record<string, boolean>;
}

export function samplingForm(sampling: Sampling): SamplingForm {
  const share = sampling.sample_rate == null ? '' : writeNumber(percentOf(sampling.sample_rate));
  const off = Object.fromEntries(FEATURES.map(([name]) => [name, sampling.off?.includes(name) ?? false]));
  return { share, promote: (sampling.promote_on ?? []).join('\n'), off };
}

/** Without the dust of binary fractions: 0.07 is 7 %, not 7.000000000000001 %. */
const percentOf = (share: number) => Number((share * 100).toPrecision(12));

export function readSampling(form: SamplingForm, saved: Sampling): Typed<Sampling> {
  const read = readNumber(form.share.replace(/\s*%$/, ''), SHARE);
  // Features this page does not know, of a newer server, stay as they are.
  const unknown = (saved.off ?? []).filter((name) => !FEATURES.some(([known]) => known === name));
  const off = [...FEATURES.map(([name]) => name).filter((name) => form.off[name]), ...unknown];
  const value: Sampling = { ...saved, promote_on: readLines(form.promote), off };
  if ('error' in read) return { value, errors: { share: read.error } };
  const sample_rate = read.value === null ? null : Number((read.value / 100).toPrecision(12));
  return { value: { ...value, sample_rate }, errors: {} };
}

export function describeSampling(sampling: Sampling): Record<string, string> {
  return {
    'Share of sessions': sampling.sample_rate == null ? 'as the page says' : formatShare(sampling.sample_rate),
    'Events that bring a session back': (sampling.promote_on ?? []).join(', ') || 'errors alone',
    'Left off': [...(sampling.off ?? [])].sort().join(', ') || 'nothing',
  };
}

/** Events a second between two looks at the counter of the day; null when it cannot be told, as at midnight. */
export function paceBetween(
  before: { at: number; events: number },
  now: { at: number; events: number },
): number | null {
  const seconds = (now.at - before.at) / 1000;
  if (seconds < 1 || now.events < before.events) return null;
  return (now.events - before.events) / seconds;
}

export function formatPace(pace: number): string {
  return pace < 9.95 ? pace.toFixed(1).replace(/\.0$/, '') : formatCount(Math.round(pace));
}
