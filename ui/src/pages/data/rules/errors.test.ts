// Rules for errors as text and back.
import { describe, expect, it } from 'vitest';
import { errorsForm, readErrors, readMatch, sayMatch } from './errors';
import { newRow } from './rules';

const rule = {
  type: 'ChunkLoadError',
  message: 'Loading "chunk" *',
  file: null,
  function: null,
  group: 'chunks',
  noise: false,
};

describe('rules for errors', () => {
  it('read back as they were written', () => {
    expect(sayMatch(rule)).toBe('type:ChunkLoadError message:"Loading \\"chunk\\" *"');
    const saved = { rules: [rule, { ...rule, type: null, group: null, noise: true }] };
    expect(readErrors(errorsForm(saved), saved)).toEqual({ value: saved, errors: {} });
  });

  it('say what is wrong', () => {
    expect(readMatch('what')).toContain('type:');
    expect(readMatch('kind:x')).toContain('no kind');
    expect(readMatch('type:a type:b')).toContain('twice');
    expect(readMatch('message:**')).toContain('every error');
    const { errors } = readErrors({ rows: [newRow('type:a', ''), newRow('', '')] }, { rules: [] });
    expect(Object.values(errors)).toEqual(['Name the group, or write noise.']);
  });
});
