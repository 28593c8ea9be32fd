// Builds a small app with each real bundler, and looks at what lies on the disk and what was sent.
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { rollup, watch } from 'rollup';
import * as vite from 'vite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import webpack from 'webpack';
import { limenSourcemaps as forEsbuild } from './esbuild.js';
import type { SourcemapsOptions } from './maps.js';
import { limenSourcemaps as forRollup } from './rollup.js';
import { debugId } from './scripts.js';
import { folderWith } from './testing/folders.js';
import { type Receiver, refused, startReceiver } from './testing/receiver.js';
import { limenSourcemaps as forVite } from './vite.js';
import { limenSourcemaps as forWebpack } from './webpack.js';

const APP = {
  'src/main.js':
    "import { priceOf } from './prices.js';\nglobalThis.pay = () => import('./later.js');\npriceOf('x');\n",
  'src/prices.js': "export function priceOf(name) {\n  throw new Error('no price of ' + name);\n}\n",
  'src/later.js': "console.log('later');\n",
  'index.html': '<script type="module" src="/src/main.js"></script>',
};

interface Bundler {
  /** Throws where the build fails; answers with its warnings. */
  build(folder: string, options: SourcemapsOptions, maps: boolean): Promise<string[]>;
  hint: string;
}

const BUNDLERS: Record<string, Bundler> = {
  vite: {
    hint: 'build.sourcemap',
    async build(folder, options, maps) {
      const warnings: string[] = [];
      const customLogger = vite.createLogger('silent');
      customLogger.warn = (text) => void warnings.push(text);
      await vite.build({
        root: folder,
        base: '/shop/',
        configFile: false,
        logLevel: 'warn',
        customLogger,
        plugins: [forVite(options)],
        build: { sourcemap: maps && 'hidden' },
      });
      return warnings;
    },
  },
  rollup: {
    hint: 'output.sourcemap',
    async build(folder, options, maps) {
      const warnings: string[] = [];
      const built = await rollup({
        input: path.join(folder, 'src/main.js'),
        logLevel: 'warn',
        plugins: [forRollup(options)],
        onwarn: (warning) => void warnings.push(warning.message),
      });
      await built.write({ dir: path.join(folder, 'dist'), format: 'es', sourcemap: maps });
      return warnings;
    },
  },
  webpack: {
    hint: 'devtool',
    build(folder, options, maps) {
      const settings: webpack.Configuration = {
        mode: 'production',
        context: folder,
        entry: './src/main.js',
        output: { path: path.join(folder, 'dist'), publicPath: '/shop/' },
        devtool: maps && 'source-map',
        plugins: [forWebpack(options)],
      };
      return new Promise((resolve, reject) => {
        webpack(settings, (failed, stats) => {
          const told = stats?.toJson({ errors: true, warnings: true });
          if (failed) reject(failed);
          else if (stats?.hasErrors()) reject(new Error(told?.errors?.map(({ message }) => message).join()));
          else resolve(told?.warnings?.map(({ message }) => message) ?? []);
        });
      });
    },
  },
  esbuild: {
    hint: 'sourcemap',
    async build(folder, options, maps) {
      const { warnings } = await esbuild.build({
        absWorkingDir: folder,
        entryPoints: ['src/main.js'],
        outdir: 'dist',
        bundle: true,
        splitting: true,
        format: 'esm',
        minify: true,
        sourcemap: maps,
        logLevel: 'silent',
        plugins: [forEsbuild(options)],
      });
      return warnings.map(({ text }) => text);
    },
  },
};

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

async function scripts(folder: string): Promise<string[]> {
  const files = await readdir(path.join(folder, 'dist'), { recursive: true });
  return files.filter((name) => name.endsWith('.js')).map((name) => path.join(folder, 'dist', name));
}

test.each(Object.entries(BUNDLERS))('%s: script, map and upload have one id', async (name, bundler) => {
  const folder = await folderWith(APP);
  expect(await bundler.build(folder, { server: receiver.url, release: '1.2' }, true)).toEqual([]);
  const built = await scripts(folder);
  expect(built.length).toBeGreaterThanOrEqual(2);
  expect(receiver.uploads).toHaveLength(built.length);
  for (const script of built) {
    const text = await readFile(script, 'utf8');
    const map = JSON.parse(await readFile(`${script}.map`, 'utf8')) as Record<string, unknown>;
    const id = debugId(text);
    expect(text.split('\n')[0]).toContain(`[s]="${id}"`);
    expect([map['debugId'], map['debug_id']]).toEqual([id, id]);
    expect(map['mappings']).toMatch(/^;/);
    const upload = receiver.uploads.find(({ parameters }) => parameters['debug_id'] === id);
    expect(upload?.map).toEqual(map);
    const prefix = name === 'vite' || name === 'webpack' ? '/shop' : '';
    const below = path.relative(path.join(folder, 'dist'), script).split(path.sep).join('/');
    expect(upload?.parameters['url']).toBe(`${prefix}/${below}`);
  }
  const sources = receiver.uploads.flatMap(({ map }) => map.sources ?? []);
  expect(sources.some((source) => source.endsWith('prices.js'))).toBe(true);
});

test.each(Object.entries(BUNDLERS))('%s: the same build again has the same ids', async (_, bundler) => {
  const folder = await folderWith(APP);
  const ids = async () => {
    receiver.uploads.length = 0;
    await bundler.build(folder, { server: receiver.url }, true);
    return receiver.uploads.map(({ parameters, map }) => [parameters['debug_id'], map.mappings]);
  };
  const first = await ids();
  expect(first.length).toBeGreaterThanOrEqual(2);
  expect(await ids()).toEqual(first);
});

test.each(Object.entries(BUNDLERS))('%s: a refusal warns, and fails the build only if required', async (_, bundler) => {
  const options = { server: receiver.url };
  receiver.answers.push(refused(409, 'the application is full', 'delete some'));
  const warnings = await bundler.build(await folderWith(APP), options, true);
  expect(warnings.join()).toContain('the application is full; delete some');
  receiver.answers.push(refused(409, 'the application is full', 'delete some'));
  const failing = bundler.build(await folderWith(APP), { ...options, required: true }, true);
  await expect(failing).rejects.toThrow('the application is full; delete some');
});

test.each(Object.entries(BUNDLERS))('%s: a build without maps says what to set', async (_, bundler) => {
  const warnings = await bundler.build(await folderWith(APP), { server: receiver.url }, false);
  expect(warnings.join()).toMatch(new RegExp(`no script of this build has a source map.*set \`${bundler.hint}\``));
  expect(receiver.uploads).toEqual([]);
});

test.each(Object.entries(BUNDLERS))('%s: maps are deleted where that is asked for', async (_, bundler) => {
  const folder = await folderWith(APP);
  expect(await bundler.build(folder, { server: receiver.url, deleteMaps: true }, true)).toEqual([]);
  for (const script of await scripts(folder)) {
    expect(debugId(await readFile(script, 'utf8'))).toBeDefined();
    await expect(access(`${script}.map`)).rejects.toThrow('ENOENT');
  }
});

test('rollup: who watches uploads nothing and finds the scripts as they were built', async () => {
  const folder = await folderWith(APP);
  const watcher = watch({
    input: path.join(folder, 'src/main.js'),
    output: { dir: path.join(folder, 'dist'), sourcemap: true },
    plugins: [forRollup({ server: receiver.url })],
  });
  await new Promise<void>((resolve, reject) => {
    watcher.on('event', (event) => {
      if (event.code === 'END') resolve();
      if (event.code === 'ERROR') reject(event.error);
    });
  });
  await watcher.close();
  await untouched(folder);
});

test('webpack: who watches uploads nothing and finds the scripts as they were built', async () => {
  const folder = await folderWith(APP);
  const compiler = webpack({
    mode: 'production',
    context: folder,
    entry: './src/main.js',
    output: { path: path.join(folder, 'dist') },
    devtool: 'source-map',
    plugins: [forWebpack({ server: receiver.url })],
  });
  await new Promise<void>((resolve, reject) => {
    const watching = compiler?.watch({}, (failed) => watching?.close(() => (failed ? reject(failed) : resolve())));
  });
  await untouched(folder);
});

async function untouched(folder: string): Promise<void> {
  expect(receiver.uploads).toEqual([]);
  const built = await scripts(folder);
  expect(built.length).toBeGreaterThanOrEqual(2);
  for (const script of built) expect(debugId(await readFile(script, 'utf8'))).toBeUndefined();
}
