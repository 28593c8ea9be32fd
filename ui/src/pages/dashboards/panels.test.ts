// Panels of a dashboard.
import { describe, expect, it } from 'vitest';
import { blank, fileNameOf, imported, KINDS, moved, statementOf, titleOf } from './panels';

describe('panels', () => {
  it('has a name for each kind, and the one that was given before it', () => {
    for (const { kind } of KINDS) expect(titleOf(blank(kind))).not.toBe('');
    expect(titleOf({ ...blank('vital'), title: 'Paint' })).toBe('Paint');
    expect(titleOf(blank('breakdown'))).toBe('By country');
  });
  it('moves by one place and stays at the ends', () => {
    const panels = [blank('vital'), blank('traffic'), blank('text')];
    expect(moved(panels, 0, 1).map(({ kind }) => kind)).toEqual(['traffic', 'vital', 'text']);
    expect(moved(panels, 0, -1)).toEqual(panels);
    expect(moved(panels, 2, 1)).toEqual(panels);
  });
});

describe('imported', () => {
  it('takes what was exported and says why it does not take something else', () => {
    const dashboard = { name: 'Shop', panels: [blank('vital')] };
    expect(imported(JSON.stringify(dashboard))).toEqual(dashboard);
    expect(() => imported('<html>')).toThrow('not JSON');
    for (const other of ['null', '[]', '{"name":1,"panels":[]}', '{"name":"x"}'])
      expect(() => imported(other)).toThrow('no dashboard');
    expect(() => imported(`"${'x'.repeat(300_000)}"`)).toThrow('larger');
  });
});

describe('fileNameOf', () => {
  it('is a plain name whatever the dashboard is called', () => {
    expect(fileNameOf('Shop, night ☾')).toBe('shop-night.json');
    expect(fileNameOf('../../☾')).toBe('dashboard.json');
  });
});

describe('statementOf', () => {
  it('puts the application and the time where they are asked for', () => {
    const about = { app: "sh'op", from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
    expect(statementOf('{app} {from} {other}', about)).toBe(
      "'shop' parseDateTime64BestEffort('2026-01-01T00:00:00.000Z', 9) {other}",
    );
  });
});
