// Steps of a journey in the address.
import { describe, expect, it } from 'vitest';
import { askedSteps, formatSteps, movedStep, parseSteps, type Step } from './steps';

const STEPS: Step[] = [
  { kind: 'route', value: '/product/:id' },
  { kind: 'action', value: 'add: now' },
  { kind: 'transaction-success', value: 'checkout' },
];

describe('the steps in the address', () => {
  it('are read back as they were written', () => {
    expect(parseSteps(formatSteps(STEPS) ?? undefined)).toEqual(STEPS);
  });

  it('are two empty ones where there are none', () => {
    expect(parseSteps(undefined).map(({ value }) => value)).toEqual(['', '']);
    expect(formatSteps(parseSteps(undefined))).toBeNull();
  });

  it('are at most eight, and unknown kinds are none', () => {
    expect(parseSteps(Array(20).fill('route:/').join('\n'))).toHaveLength(8);
    expect(parseSteps('page:/\nroute:/a\nroute:/b').map(({ value }) => value)).toEqual(['/a', '/b']);
  });
});

describe('askedSteps', () => {
  it('waits until every step has a name', () => {
    expect(askedSteps([...STEPS, { kind: 'route', value: ' ' }])).toBeNull();
    expect(askedSteps(STEPS)).toEqual(['route:/product/:id', 'action:add: now', 'transaction-success:checkout']);
  });
});

describe('movedStep', () => {
  it('puts a step before another', () => {
    expect(movedStep(STEPS, 2, 0).map(({ value }) => value)).toEqual(['checkout', '/product/:id', 'add: now']);
  });
});
