// Builds dist/: the script for a tag (limen.js, with .gz and .br beside it), the ES module, and its types.
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(await readFile(`${folder}package.json`, 'utf8'));

const settings = {
  absWorkingDir: folder,
  bundle: true,
  minify: true,
  target: ['es2020', 'chrome80', 'firefox78', 'safari15'],
  legalComments: 'none',
  define: { AGENT_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
};
const banner = { js: `/* Limen ${version}, Apache-2.0; contains web-vitals, Apache-2.0, Copyright Google LLC */` };

await build({ ...settings, banner, entryPoints: ['src/script.ts'], format: 'iife', outfile: 'dist/limen.js' });
await build({
  ...settings,
  banner,
  entryPoints: ['src/index.ts'],
  format: 'esm',
  minify: false,
  external: ['web-vitals'],
  outfile: 'dist/limen.mjs',
});

const compiler = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
await promisify(execFile)(process.execPath, [compiler, '--project', `${folder}tsconfig.types.json`], {
  cwd: folder,
}).catch((error) => {
  throw new Error(`types were not written:\n${error.stdout}`);
});

const script = await readFile(`${folder}dist/limen.js`);
await writeFile(`${folder}dist/limen.js.gz`, gzipSync(script, { level: 9 }));
await writeFile(
  `${folder}dist/limen.js.br`,
  brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: script.length } }),
);
await import('./scripts/size.mjs');
