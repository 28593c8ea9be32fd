// The bytes that are written, held to the folders that the tests of `limen sourcemaps inject` read.
import { chmod, cp, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { idOf, inject, withId } from './inject.js';
import { debugId, find } from './scripts.js';
import { folderWith } from './testing/folders.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures/sourcemaps', import.meta.url));
const entries = await readdir(FIXTURES, { withFileTypes: true });
const cases = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const MAP = '{"version":3,"sources":[],"names":[],"mappings":""}';

test('there are cases', () => {
  expect(cases.length).toBeGreaterThan(20);
});

test.each(cases)('writes what the command writes: %s', async (name) => {
  const folder = await folderWith({});
  await cp(path.join(FIXTURES, name, 'built'), folder, { recursive: true });
  const { scripts } = await find(folder, ['app.js']);
  expect(scripts).toHaveLength(1);
  const isNew = name !== 'has-an-id';
  expect(await inject(scripts[0]!)).toBe(isNew);
  const check = async () => {
    for (const file of await readdir(path.join(FIXTURES, name, 'injected'))) {
      const expected = await readFile(path.join(FIXTURES, name, 'injected', file), 'utf8');
      expect(await readFile(path.join(folder, file), 'utf8')).toBe(expected);
    }
    expect((await readdir(folder)).sort()).toEqual((await readdir(path.join(FIXTURES, name, 'injected'))).sort());
  };
  await check();
  expect(await inject(scripts[0]!)).toBe(false);
  await check();
});

test('an id is a UUID of version 8 of the bytes', () => {
  expect(idOf('run();')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(idOf('run();')).not.toBe(idOf('run()'));
});

test('a map that cannot be moved is refused with the reason, and its script stays as it was', async () => {
  expect(() => withId([], 'x')).toThrow('its map is no object');
  expect(() => withId({ sections: [{ map: {} }] }, 'x')).toThrow('a section of its map has no offset');
  for (const [map, reason] of [
    ['{', 'its map is no JSON'],
    ['{"version":3}', 'its map has no mappings'],
  ] as const) {
    const folder = await folderWith({ 'app.js': 'run();', 'app.js.map': map });
    const { scripts } = await find(folder, ['app.js']);
    await expect(inject(scripts[0]!)).rejects.toThrow(reason);
    expect(await readFile(path.join(folder, 'app.js'), 'utf8')).toBe('run();');
    expect(await readFile(path.join(folder, 'app.js.map'), 'utf8')).toBe(map);
  }
});

test('what could be run can be run afterwards', async () => {
  const folder = await folderWith({ 'run.js': '#!/usr/bin/env node\nrun();', 'run.js.map': MAP });
  await chmod(path.join(folder, 'run.js'), 0o755);
  await inject((await find(folder, ['run.js'])).scripts[0]!);
  expect((await stat(path.join(folder, 'run.js'))).mode & 0o777).toBe(0o755);
});

test('scripts without a map beside them are told from those with one, and other files are passed over', async () => {
  const inline = 'run();\n//# sourceMappingURL=data:application/json;base64,e30=\n';
  const folder = await folderWith({
    'b/a.mjs': 'run();',
    'b/a.mjs.map': MAP,
    'a.js': inline,
    'style.css': '',
    'style.css.map': MAP,
  });
  const found = await find(folder, ['a.js', 'b/a.mjs', path.join(folder, 'b/a.mjs'), 'style.css', 'in-memory.js']);
  expect(found.scripts.map(({ name }) => name)).toEqual(['b/a.mjs']);
  expect(found.withoutMap).toEqual(['a.js']);
});

test('the last comment within the last lines counts', () => {
  expect(debugId('//# debugId=1-2\n//# debugId=3-4 and more\n')).toBe('3-4');
  expect(debugId("const text = '//# debugId=1';")).toBeUndefined();
  expect(debugId(`//# debugId=1-2\n${'run();\n'.repeat(49)}`)).toBe('1-2');
  expect(debugId(`//# debugId=1-2\n${'run();\n'.repeat(50)}`)).toBeUndefined();
});
