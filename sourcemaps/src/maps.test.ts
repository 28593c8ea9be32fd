// What is sent to the server, and what is said when that goes wrong.
import { access } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { idOf } from './inject.js';
import { handle, type Report, type SourcemapsOptions } from './maps.js';
import { folderWith } from './testing/folders.js';
import { type Receiver, refused, startReceiver } from './testing/receiver.js';

const MAP = '{"version":3,"sources":["a.ts"],"names":[],"mappings":"AAAA"}';
const FILES = { 'app.js': 'run();', 'app.js.map': MAP, 'parts/pay.js': 'pay();', 'parts/pay.js.map': MAP };
/** Tries again at once. */
const AT_ONCE = { again: [0, 0], answerWithin: 5_000 };

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

async function build(options: SourcemapsOptions, base?: string): Promise<Report & { folder: string }> {
  const folder = await folderWith(FILES);
  const files = ['app.js', 'parts/pay.js'];
  const report = await handle({ folder, files, hint: 'set the option', base }, options, AT_ONCE);
  return { ...report, folder };
}

const isThere = (folder: string, name: string) =>
  access(path.join(folder, name)).then(
    () => true,
    () => false,
  );

test('every map is sent with the id of its script', async () => {
  const { told, wrong } = await build({ server: `${receiver.url}/` });
  expect(wrong).toEqual([]);
  expect(told).toEqual(['2 scripts with a debug id', `2 source maps at ${receiver.url}, 0 of them from before`]);
  expect(receiver.uploads.map(({ method, path, parameters }) => [method, path, parameters])).toEqual([
    ['PUT', '/api/v1/sourcemaps', { debug_id: idOf('run();') }],
    ['PUT', '/api/v1/sourcemaps', { debug_id: idOf('pay();') }],
  ]);
  expect(receiver.uploads[0]!.map).toMatchObject({ debugId: idOf('run();'), mappings: ';AAAA' });
});

test('application, release, path and headers go along where they are told', async () => {
  const headers = { authorization: 'Basic YTpi' };
  await build({ server: receiver.url, app: 'shop', release: '1.2', urlPrefix: '/static/', headers });
  expect(receiver.uploads[1]!.parameters).toEqual({
    app: 'shop',
    debug_id: idOf('pay();'),
    release: '1.2',
    url: '/static/parts/pay.js',
  });
  expect(receiver.uploads[1]!.headers['authorization']).toBe('Basic YTpi');
});

test.each([
  ['/shop/', '/shop/app.js'],
  ['https://cdn.example/x/', 'https://cdn.example/x/app.js'],
  ['./', '/app.js'],
  ['auto', '/app.js'],
])('the path is that of the bundler: %s', async (base, url) => {
  await build({ server: receiver.url, release: '1' }, base);
  expect(receiver.uploads[0]!.parameters['url']).toBe(url);
});

test('the server may be named by the environment, the option counts more', async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('LIMEN_SOURCEMAPS_SERVER', receiver.url.replace('http://', ''));
  await build({});
  expect(receiver.uploads).toHaveLength(2);
  const { wrong } = await build({ server: 'ftp://files' });
  expect(wrong).toEqual(['`server` is no address: write it like http://127.0.0.1:4600']);
  await build({ server: '' });
  expect(receiver.uploads).toHaveLength(2);
});

test('a server that is away for a moment is asked again', async () => {
  receiver.answers.push(refused(503, 'busy', 'come again'), { status: 502, body: {} });
  const { wrong } = await build({ server: receiver.url });
  expect(wrong).toEqual([]);
  expect(receiver.uploads).toHaveLength(4);
});

test('a map that was there is told apart', async () => {
  receiver.answers.push({ status: 200, body: {} });
  const { told } = await build({ server: receiver.url });
  expect(told[1]).toContain('2 source maps');
  expect(told[1]).toContain('1 of them from before');
});

test('a refusal says what the server says, is not tried again, and the other maps are sent', async () => {
  receiver.answers.push(refused(409, 'the application is full', 'delete the maps of release 1'));
  const { wrong, told } = await build({ server: receiver.url });
  expect(wrong).toEqual(['the map of app.js was not uploaded: the application is full; delete the maps of release 1']);
  expect(told[1]).toContain('1 source map at');
  expect(receiver.uploads).toHaveLength(2);
});

test('an answer that is not of the API is told by its status', async () => {
  receiver.answers.push({ status: 404, body: 'nginx' });
  const { wrong } = await build({ server: receiver.url });
  expect(wrong[0]).toContain(`${receiver.url} answered 404`);
});

test('an absent server ends it at the first map, and it says what to do', async () => {
  const { url } = receiver;
  await receiver.close();
  const { wrong, folder } = await build({ server: url, deleteMaps: true });
  receiver = await startReceiver();
  expect(wrong).toHaveLength(2);
  expect(wrong[0]).toContain(`2 of 2 maps were not uploaded: no server answers at ${url}: ECONNREFUSED;`);
  expect(wrong[0]).toContain('LIMEN_SOURCEMAPS_SERVER');
  expect(wrong[1]).toContain('maps were kept');
  expect(await isThere(folder, 'app.js.map')).toBe(true);
});

test('maps are deleted once all were taken, and kept where none were sent', async () => {
  const sent = await build({ server: receiver.url, deleteMaps: true });
  expect(sent.told).toContain('maps deleted from the output');
  expect(await isThere(sent.folder, 'app.js')).toBe(true);
  expect(await isThere(sent.folder, 'app.js.map')).toBe(false);
  expect(await isThere(sent.folder, 'parts/pay.js.map')).toBe(false);
  const unsent = await build({ deleteMaps: true });
  expect(unsent.wrong).toEqual(['the maps were kept, since they were not uploaded: say where with `server`']);
  expect(await isThere(unsent.folder, 'app.js.map')).toBe(true);
});

test('a password in the address is refused and not repeated', async () => {
  const { wrong } = await build({ server: 'http://ann:secret@127.0.0.1:1' });
  expect(wrong[0]).toContain('headers: { authorization');
  expect(wrong.join()).not.toContain('secret');
});

test('a broken map is told by the name of its script, and the others go on', async () => {
  const folder = await folderWith({ ...FILES, 'app.js.map': '{' });
  const options = { server: receiver.url };
  const { wrong } = await handle({ folder, files: Object.keys(FILES), hint: '' }, options, AT_ONCE);
  expect(wrong).toHaveLength(1);
  expect(wrong[0]).toMatch(/^app\.js: its map is no JSON/);
  expect(receiver.uploads.map(({ parameters }) => parameters['debug_id'])).toEqual([idOf('pay();')]);
});

test('a build without maps is told what to set, one without scripts nothing', async () => {
  const folder = await folderWith({ 'app.js': 'run();', 'style.css': '' });
  const bare = await handle({ folder, files: ['app.js'], hint: 'set the option' }, {});
  expect(bare.wrong).toEqual(['no script of this build has a source map beside it: set the option']);
  expect(await handle({ folder, files: ['style.css'], hint: 'set' }, {})).toEqual({ told: [], wrong: [] });
});
