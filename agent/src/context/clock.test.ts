// Instants through rounding, sleep and clocks that are set.
import { describe, expect, it } from 'vitest';
import { createClock } from './clock';

function setUp() {
  let real = 1_700_000_000_000.7;
  let mono = 0;
  const origin = real;
  const clock = createClock(
    () => Math.floor(real),
    () => mono,
    origin,
  );
  return {
    clock,
    origin,
    pass: (millis: number) => {
      real += millis;
      mono += millis;
    },
    sleep: (millis: number) => (real += millis),
  };
}

describe('createClock', () => {
  it('is exact although Date is rounded', () => {
    const { clock, origin, pass } = setUp();
    for (let i = 0; i < 1_000; i++) {
      pass(0.375);
      expect(Math.abs(clock.instant(clock.now()) - (origin + clock.now()))).toBeLessThan(0.01);
    }
  });

  it('#10 is right again after a sleep that stopped the monotonic clock', () => {
    const { clock, origin, pass, sleep } = setUp();
    pass(10);
    sleep(3_600_000);
    pass(10);
    expect(Math.abs(clock.instant(clock.now()) - (origin + 3_600_020))).toBeLessThan(2);
  });

  it('#10 follows a clock that is set back', () => {
    const { clock, origin, sleep } = setUp();
    sleep(-500_000);
    expect(Math.abs(clock.instant(0) - (origin - 500_000))).toBeLessThan(2);
  });
});
