// Where everything stands on the map of services: columns from the browser to the database, curves between them.
import type { Services } from '../../api/types';

export type Service = Services['services'][number];
export type Call = Services['calls'][number];

export interface Node {
  key: string;
  service: Service;
  column: number;
  x: number;
  y: number;
}

export interface Edge {
  key: string;
  call: Call;
  from: string;
  to: string;
  /** A curve as an SVG path. */
  path: string;
  /** Width of the line, by the share of the busiest call. */
  width: number;
  /** The middle, where its figures stand. */
  x: number;
  y: number;
}

export interface ServiceMap {
  nodes: Node[];
  edges: Edge[];
  width: number;
  height: number;
}

export const BOX = { width: 168, height: 62 };
const GAP = { x: 132, y: 26 };
/** Between columns when there are many: five of them are on the screen of a laptop. */
const GAP_NARROW = 72;
const MARGIN = 16;

export const keyOf = (kind: string, name: string) => `${kind} ${name}`;

/** The map of an answer. What is called but known only from calls has a place too. */
export function layOut(answer: Services): ServiceMap {
  const services = new Map(answer.services.map((service) => [keyOf(service.kind, service.name), service]));
  const calls = answer.calls.filter((call) => keyOf(call.from_kind, call.from) !== keyOf(call.to_kind, call.to));
  for (const call of calls) {
    for (const [kind, name] of [[call.from_kind, call.from] as const, [call.to_kind, call.to] as const])
      if (!services.has(keyOf(kind, name))) services.set(keyOf(kind, name), { name, kind, load: call.load });
  }
  const columns = columnsOf([...services.keys()], calls);
  const rows = ordered([...services.keys()], columns, calls);
  const gap = rows.length > 4 ? GAP_NARROW : GAP.x;
  const tallest = Math.max(0, ...rows.map((keys) => keys.length));
  const height = tallest * (BOX.height + GAP.y) - GAP.y + 2 * MARGIN;
  const places = new Map<string, Node>();
  rows.forEach((keys, column) => {
    const top = (height - (keys.length * (BOX.height + GAP.y) - GAP.y)) / 2;
    keys.forEach((key, row) => {
      const service = services.get(key);
      if (!service) return;
      places.set(key, {
        key,
        service,
        column,
        x: MARGIN + column * (BOX.width + gap),
        y: top + row * (BOX.height + GAP.y),
      });
    });
  });
  const busiest = Math.max(1e-9, ...calls.map((call) => call.load.requests));
  const edges = calls.flatMap((call) => edgeOf(call, places, busiest));
  return {
    nodes: [...places.values()],
    edges,
    width: 2 * MARGIN + rows.length * (BOX.width + gap) - gap,
    height: Math.max(height, BOX.height + 2 * MARGIN),
  };
}

/** One column further than whoever calls it; calls back to who is waiting for them do not push it along. */
function columnsOf(keys: string[], calls: Call[]): Map<string, number> {
  const targets = new Map<string, string[]>();
  for (const call of calls) {
    const from = keyOf(call.from_kind, call.from);
    targets.set(from, [...(targets.get(from) ?? []), keyOf(call.to_kind, call.to)]);
  }
  const called = new Set([...targets.values()].flat());
  const waiting = new Set<string>();
  const done: string[] = [];
  const forward = new Map<string, string[]>();
  const visit = (key: string) => {
    if (forward.has(key)) return;
    forward.set(key, []);
    waiting.add(key);
    for (const target of targets.get(key) ?? []) {
      if (waiting.has(target)) continue;
      forward.get(key)?.push(target);
      visit(target);
    }
    waiting.delete(key);
    done.push(key);
  };
  for (const key of keys) if (!called.has(key)) visit(key);
  for (const key of keys) visit(key);
  const columns = new Map(keys.map((key) => [key, 0]));
  for (const key of done.reverse())
    for (const target of forward.get(key) ?? [])
      columns.set(target, Math.max(columns.get(target) ?? 0, (columns.get(key) ?? 0) + 1));
  return columns;
}

/** The keys of each column, near to whoever calls them, so that few lines cross. */
function ordered(keys: string[], columns: Map<string, number>, calls: Call[]): string[][] {
  const count = Math.max(0, ...keys.map((key) => columns.get(key) ?? 0)) + 1;
  const rows: string[][] = Array.from({ length: keys.length === 0 ? 0 : count }, () => []);
  for (const key of keys) rows[columns.get(key) ?? 0]?.push(key);
  for (let column = 1; column < rows.length; column += 1) {
    const before = rows.slice(0, column).flat();
    const place = (key: string) => {
      const callers = calls.filter((call) => keyOf(call.to_kind, call.to) === key);
      const at = callers.map((call) => before.indexOf(keyOf(call.from_kind, call.from))).filter((index) => index >= 0);
      return at.length === 0 ? before.length : at.reduce((sum, index) => sum + index, 0) / at.length;
    };
    const places = new Map((rows[column] ?? []).map((key) => [key, place(key)]));
    rows[column]?.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0) || a.localeCompare(b));
  }
  return rows;
}

function edgeOf(call: Call, places: Map<string, Node>, busiest: number): Edge[] {
  const from = places.get(keyOf(call.from_kind, call.from));
  const to = places.get(keyOf(call.to_kind, call.to));
  if (!from || !to) return [];
  const [x1, y1] = [from.x + BOX.width, from.y + BOX.height / 2];
  const [x2, y2] = [to.x, to.y + BOX.height / 2];
  // A call back, or within a column, leaves to the right too and comes around.
  const bend = x2 > x1 ? (x2 - x1) / 2 : GAP.x;
  return [
    {
      key: `${from.key} > ${to.key}`,
      call,
      from: from.key,
      to: to.key,
      path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
      width: 1 + 4 * Math.sqrt(call.load.requests / busiest),
      x: (x1 + x2) / 2,
      y: (y1 + y2) / 2,
    },
  ];
}

/** Bad enough to be red, or to be looked at. */
export function healthOf(failed: number): 'good' | 'needs' | 'poor' {
  return failed >= 0.05 ? 'poor' : failed >= 0.01 ? 'needs' : 'good';
}

export function formatRate(perSecond: number): string {
  if (perSecond >= 10) return `${Math.round(perSecond).toLocaleString('en')}/s`;
  if (perSecond >= 1) return `${perSecond.toFixed(1)}/s`;
  if (perSecond * 60 >= 1) return `${(perSecond * 60).toFixed(perSecond * 60 >= 10 ? 0 : 1)}/min`;
  return `${(perSecond * 3600).toFixed(perSecond * 3600 >= 10 ? 0 : 1)}/h`;
}
