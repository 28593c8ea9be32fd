// The critical path of a view: its pieces by span for a waterfall, and a colour for each kind of owner.
import type { Blame, Span } from '../api/types';
import type { Colours } from './waterfall-owner';

export type Piece = Blame['pieces'][number];

const KIND_COLOURS: Record<Piece['owner']['kind'], string> = {
  browser: '--own-browser',
  network: '--own-3',
  cdn: '--own-5',
  gateway: '--own-1',
  service: '--own-0',
  database: '--own-database',
  third_party: '--own-4',
  render_delay: '--own-2',
  unknown: '--text-faint',
};

/** A CSS variable; a waterfall has colours of its own for services, which are kept. */
export function colourOf(owner: Piece['owner'], colours?: Pick<Colours, 'ofService'>): string {
  const named = owner.kind === 'gateway' || owner.kind === 'service' || owner.kind === 'cdn';
  return colours && named && owner.name ? colours.ofService(owner.name) : KIND_COLOURS[owner.kind];
}

/** A stretch of a span on the critical path, in milliseconds from the start of the trace. */
export interface Stretch {
  offset: number;
  duration: number;
  /** How far the truth may lie to either side, because the clock of its service is not known better. */
  error: number;
}

/** Those of this trace, by the id of the span; the view and the trace need not begin together. */
export function stretchesOf(
  blame: Blame,
  trace: { trace_id: string; start: string; spans: readonly Pick<Span, 'id' | 'parent_id' | 'side'>[] },
): Map<string, Stretch[]> {
  const shift = Date.parse(blame.start) - Date.parse(trace.start);
  const shifted = new Map(blame.clocks.map((clock) => [clock.service, clock]));
  // What is below a service has its clock: the bar stands where the browser's clock ends and the services' begins.
  const browser = new Set(trace.spans.filter((span) => span.side === 'browser').map((span) => span.id));
  const entered = new Set(
    trace.spans.filter((span) => !browser.has(span.id) && browser.has(span.parent_id ?? '')).map((span) => span.id),
  );
  const found = new Map<string, Stretch[]>();
  for (const piece of blame.pieces) {
    if (!piece.span_id || piece.trace_id !== trace.trace_id) continue;
    const clock = shifted.get(piece.owner.name);
    const list = found.get(piece.span_id) ?? [];
    // Spans are drawn where their own clock put them.
    list.push({
      offset: piece.offset + shift - (clock?.shift ?? 0),
      duration: piece.duration,
      error: entered.has(piece.span_id) ? (clock?.error ?? blame.clock_error) : 0,
    });
    found.set(piece.span_id, list);
  }
  return found;
}
