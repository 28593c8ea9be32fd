// The points of usage with those in between in which nothing came, so that a line shows the pause.
import type { Usage } from '../../../api/types';

interface Point {
  time: number;
  events: number;
  bytes_sent: number;
}

/** More points than a chart has pixels are of no use; the server sends at most some hundreds. */
const POINTS_AT_MOST = 5000;

export function filledPoints(answer: Pick<Usage, 'points' | 'step_seconds' | 'range'>): Point[] {
  const step = answer.step_seconds * 1000;
  const known = new Map(answer.points.map((point) => [Date.parse(point.time), point]));
  const first = Math.min(Math.floor(Date.parse(answer.range.from) / step) * step, ...known.keys());
  const points: Point[] = [];
  for (let time = first; time < Date.parse(answer.range.to) && points.length < POINTS_AT_MOST; time += step) {
    const { events = 0, bytes_sent = 0 } = known.get(time) ?? {};
    points.push({ time, events, bytes_sent });
  }
  return points;
}
