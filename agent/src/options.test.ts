// Options at the door.
import { describe, expect, it } from 'vitest';
import { checkOptions as check } from './options';

const checkOptions = (raw: unknown) => {
  const problems: string[] = [];
  return { options: check(raw as object, problems), problems };
};

const good = { key: 'k', endpoint: 'https://rum.example/' };

describe('checkOptions', () => {
  it('needs no more than key and endpoint', () => {
    const { options, problems } = checkOptions(good);
    expect(problems).toEqual([]);
    expect(options).toMatchObject({
      endpoint: 'https://rum.example',
      service: 'web',
      sessionIdleMinutes: 15,
      otlp: false,
    });
  });

  it.each([
    [undefined],
    [null],
    [7],
    [{}],
    [{ key: 'k' }],
    [{ endpoint: 'https://rum.example' }],
    [{ key: 'k', endpoint: 'javascript:1' }],
  ])('does not start with %j and says why', (raw) => {
    const { options, problems } = checkOptions(raw);
    expect(options).toBeUndefined();
    expect(problems.length).toBeGreaterThan(0);
  });

  it('ignores what it does not know or cannot use, and says so', () => {
    const { options, problems } = checkOptions({
      ...good,
      colour: 'red',
      service: 7,
      sessionIdleMinutes: -1,
      propagateTo: 'x',
    });
    expect(options).toMatchObject({ service: 'web', sessionIdleMinutes: 15, propagateTo: [] });
    expect(problems).toHaveLength(4);
  });

  it('reduces what may get traceparent to origins', () => {
    const { options, problems } = checkOptions({
      ...good,
      propagateTo: ['https://API.example/path', 'api.example', 7],
    });
    expect(options?.propagateTo).toEqual(['https://api.example']);
    expect(problems).toHaveLength(2);
  });
});
