// The tree of a waterfall: which rows are shown, who is whose parent, and the time a span spent on its own.

/** What a row must know of its span; spans stand in depth-first order, each before its children. */
export interface TreeSpan {
  id: string;
  depth: number;
  offset: number;
  duration: number;
}

export function hasChildren(spans: readonly TreeSpan[], index: number): boolean {
  return (spans[index + 1]?.depth ?? -1) > (spans[index]?.depth ?? 0);
}

/** The places of the spans that no collapsed ancestor hides. */
export function visibleRows(spans: readonly TreeSpan[], collapsed: ReadonlySet<string>): number[] {
  const rows: number[] = [];
  let hiddenBelow = Infinity;
  spans.forEach((span, index) => {
    if (span.depth > hiddenBelow) return;
    hiddenBelow = collapsed.has(span.id) && hasChildren(spans, index) ? span.depth : Infinity;
    rows.push(index);
  });
  return rows;
}

/** The place after the last descendant. */
export function subtreeEnd(spans: readonly TreeSpan[], index: number): number {
  const depth = spans[index]?.depth ?? 0;
  let end = index + 1;
  while (end < spans.length && (spans[end]?.depth ?? 0) > depth) end += 1;
  return end;
}

export function parentOf(spans: readonly TreeSpan[], index: number): number | null {
  const depth = spans[index]?.depth ?? 0;
  for (let above = index - 1; above >= 0; above -= 1) {
    if ((spans[above]?.depth ?? 0) < depth) return above;
  }
  return null;
}

/** From the root down to the parent. */
export function ancestorsOf(spans: readonly TreeSpan[], index: number): number[] {
  const line: number[] = [];
  for (let at = parentOf(spans, index); at !== null; at = parentOf(spans, at)) line.unshift(at);
  return line;
}

/** The duration less the time that children cover; children side by side count once, and only inside their parent. */
export function ownTime(spans: readonly TreeSpan[], index: number): number {
  const span = spans[index];
  if (!span) return 0;
  const end = span.offset + span.duration;
  const children = spans
    .slice(index + 1, subtreeEnd(spans, index))
    .filter((child) => child.depth === span.depth + 1)
    .map((child) => [Math.max(child.offset, span.offset), Math.min(child.offset + child.duration, end)] as const)
    .sort((a, b) => a[0] - b[0]);
  let covered = 0;
  let reached = span.offset;
  for (const [from, to] of children) {
    covered += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return Math.max(0, span.duration - covered);
}

/** The part of the rows to keep in the document for a scroll position, with some to spare on both sides. */
export function renderedRows(
  scrolled: number,
  height: number,
  rowHeight: number,
  count: number,
  spare = 8,
): [number, number] {
  const first = Math.max(0, Math.floor(scrolled / rowHeight) - spare);
  const last = Math.min(count, Math.ceil((scrolled + height) / rowHeight) + spare);
  return [Math.min(first, last), last];
}
