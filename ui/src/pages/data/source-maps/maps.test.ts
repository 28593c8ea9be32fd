// The list of source maps, and what is shown to copy.
import { expect, test } from 'vitest';
import type { SourceMap } from '../../../api/types';
import { commandText, joinMaps, nameOf, pluginText, tableOf } from './maps';

const map = (id: string, about: Partial<SourceMap> = {}): SourceMap => ({
  id,
  release: null,
  path: null,
  debug_id: null,
  bytes: 2,
  packed_bytes: 1,
  uploaded: '2026-01-02T03:04:05Z',
  ...about,
});

test('a map that comes twice is listed once, as the newer answer has it', () => {
  const joined = joinMaps([map('a', { release: '2' }), map('b')], [map('a', { release: '1' }), map('c')]);
  expect(joined.map(({ id, release }) => [id, release])).toEqual([
    ['a', '2'],
    ['b', null],
    ['c', null],
  ]);
});

test('a map is called by its script, else by its debug id', () => {
  expect(nameOf(map('a', { path: '/app.js', debug_id: 'x' }))).toBe('/app.js');
  expect(nameOf(map('a', { debug_id: 'x' }))).toBe('x');
});

test('what is not known is empty in the copy', () => {
  expect(tableOf([map('a', { path: '/app.js' })]).rows).toEqual([['/app.js', '', '', 2, 1, '2026-01-02T03:04:05Z']]);
});

test('what is shown to copy names this server and application', () => {
  expect(pluginText('http://limen.example', 'shop')).toMatch(/server: 'http:\/\/limen.example',\s+app: 'shop',/);
  expect(pluginText('http://limen.example', undefined)).not.toContain('app:');
  expect(commandText('limen.example:80', 'shop')).toContain('upload dist --server limen.example:80 --app shop');
});
