// Cells of answers to free questions.
import { describe, expect, it } from 'vitest';
import { cellOf, isNumber } from './answer';

describe('cells', () => {
  it('reads as text', () => {
    expect([cellOf(null), cellOf('a'), cellOf(1.5), cellOf({ a: 1 })]).toEqual(['', 'a', '1.5', '{"a":1}']);
  });
  it('knows numbers by their type', () => {
    expect(['UInt64', 'Nullable(Float64)', 'String', 'Map(String, UInt8)'].map(isNumber)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
