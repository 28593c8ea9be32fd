// What a duration is made of: the phases of a document, the sub-parts of LCP and INP. Unknown parts are absent, never zero.
import type { StoryView } from '../../../api/types';

export interface Part {
  name: string;
  value: number;
  /** Which of the fixed hues it has. */
  hue: number;
}

const PHASES: [keyof StoryView['phases'], string][] = [
  ['redirect', 'Redirect'],
  ['worker', 'Worker, cache'],
  ['dns', 'DNS'],
  ['tcp', 'TCP'],
  ['tls', 'TLS'],
  ['request', 'Waiting'],
  ['response', 'Download'],
  ['dom_processing', 'DOM'],
  ['load', 'Load handlers'],
];

type LcpDetail = NonNullable<StoryView['lcp_detail']>;
type InpDetail = NonNullable<StoryView['inp_detail']>;

export function phasesOf(view: StoryView): Part[] {
  return known(PHASES.map(([key, name], hue) => ({ name, value: view.phases[key], hue })));
}

export function lcpPartsOf(detail: LcpDetail): Part[] {
  return known([
    { name: 'First byte', value: detail.ttfb, hue: 5 },
    { name: 'Load delay', value: detail.resource_load_delay, hue: 1 },
    { name: 'Load', value: detail.resource_load_duration, hue: 6 },
    { name: 'Render delay', value: detail.element_render_delay, hue: 7 },
  ]);
}

export function inpPartsOf(detail: InpDetail): Part[] {
  return known([
    { name: 'Input delay', value: detail.input_delay, hue: 1 },
    { name: 'Processing', value: detail.processing_duration, hue: 6 },
    { name: 'Presentation', value: detail.presentation_delay, hue: 7 },
  ]);
}

export function hasLcpDetail(detail: StoryView['lcp_detail']): detail is LcpDetail {
  return detail !== null && Boolean(detail.target || detail.url || lcpPartsOf(detail).length > 0);
}

export function hasInpDetail(detail: StoryView['inp_detail']): detail is InpDetail {
  return detail !== null && Boolean(detail.target || detail.type || inpPartsOf(detail).length > 0);
}

function known(parts: { name: string; value: number | null; hue: number }[]): Part[] {
  return parts.filter((part): part is Part => part.value !== null);
}
