// Hours without data are told as nothing, not left out.
import { describe, expect, it } from 'vitest';
import { filledPoints } from './points';

const HOUR = 3_600_000;
const at = (hours: number) => new Date(Date.UTC(2026, 10, 1) + hours * HOUR).toISOString();

describe('filledPoints', () => {
  it('fills the hours between and around', () => {
    const points = [{ time: at(1), events: 5, bytes_sent: 70, bytes_opened: 90 }];
    const filled = filledPoints({ points, step_seconds: 3600, range: { from: at(0), to: at(3) } });
    expect(filled.map((point) => point.events)).toEqual([0, 5, 0]);
  });
  it('begins days at midnight of UTC, where the server begins them', () => {
    const points = [{ time: at(24), events: 5, bytes_sent: 70, bytes_opened: 90 }];
    const filled = filledPoints({ points, step_seconds: 86_400, range: { from: at(7), to: at(50) } });
    expect(filled.map((point) => point.events)).toEqual([0, 5, 0]);
  });
});
