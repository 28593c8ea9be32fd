// Names, order and signs of owners.
import { describe, expect, it } from 'vitest';
import { owner } from './owners.fixture';
import { nameOf, ownersOf, signed } from './owners';

describe('owners', () => {
  it('come with a clear change first', () => {
    const changes = [
      owner('browser', '', 400, -50, 900),
      owner('gateway', '', 90, 60, 120),
      owner('database', 'pg', -200, -300, -100),
    ];
    expect(ownersOf(changes).map((change) => nameOf(change.owner))).toEqual(['Database pg', 'Gateway', 'Browser']);
  });

  it('have a sign', () => {
    expect([signed(930), signed(-20)]).toEqual(['+930\u202fms', '−20\u202fms']);
  });
});
