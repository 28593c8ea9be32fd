// The parts of a page load, of LCP and of INP: what they are called and how wide they are drawn.
import type { Causes } from '../../../api/types';

export const PART_NAMES: Record<string, string> = {
  redirect: 'Redirect',
  worker: 'Cache and worker',
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  request: 'Server',
  response: 'Download',
  dom_processing: 'Render',
  load: 'Load handlers',
  lcp_resource_load_delay: 'Resource starts late',
  lcp_resource_load_duration: 'Resource loads',
  lcp_element_render_delay: 'Element waits to be painted',
  inp_input_delay: 'Input waits',
  inp_processing_duration: 'Handlers run',
  inp_presentation_delay: 'Frame is painted',
};

export interface Group {
  name: string;
  parts: { name: string; part: string; n: number; p50: number; p75: number; share: number }[];
}

/** The three groups that have parts, each part with its share of the sum of their p75. */
export function groupsOf(parts: Causes['parts']): Group[] {
  const prefixes = [
    ['Loading the document', (part: string) => !part.startsWith('lcp_') && !part.startsWith('inp_')],
    ['LCP, after the first byte', (part: string) => part.startsWith('lcp_')],
    ['INP', (part: string) => part.startsWith('inp_')],
  ] as const;
  return prefixes
    .map(([name, belongs]) => {
      const own = parts.filter(({ part }) => belongs(part));
      const sum = own.reduce((total, { p75 }) => total + p75, 0);
      return {
        name,
        parts: own.map((part) => ({
          ...part,
          name: PART_NAMES[part.part] ?? part.part,
          share: sum > 0 ? part.p75 / sum : 0,
        })),
      };
    })
    .filter((group) => group.parts.length > 0);
}

/** Views by weekday, Monday first, and hour of the viewer's own zone. */
export function weekOf(hours: Causes['hours']): number[][] {
  const week = Array.from({ length: 7 }, () => Array<number>(24).fill(0));
  for (const { time, views } of hours) {
    const at = new Date(time);
    const day = week[(at.getDay() + 6) % 7];
    if (day) day[at.getHours()] = (day[at.getHours()] ?? 0) + views;
  }
  return week;
}
