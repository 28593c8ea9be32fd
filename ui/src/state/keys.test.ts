// One key, two keys, and keys that mean nothing.
import { describe, expect, it } from 'vitest';
import { createKeyReader } from './keys';

function reader() {
  const done: string[] = [];
  let time = 0;
  const read = createKeyReader({ r: () => done.push('refresh'), 'g s': () => done.push('sessions') }, () => time);
  return { done, read, wait: (millis: number) => (time += millis) };
}

describe('createKeyReader', () => {
  it('goes to the sessions on g then s', () => {
    const { done, read } = reader();
    read('g');
    read('s');
    expect(done).toEqual(['sessions']);
  });

  it('forgets the first key after a while', () => {
    const { done, read, wait } = reader();
    read('g');
    wait(2000);
    expect(read('s')).toBe(false);
    expect(done).toEqual([]);
  });

  it('acts at once on a single key', () => {
    const { done, read } = reader();
    expect(read('r')).toBe(true);
    expect(done).toEqual(['refresh']);
  });
});
