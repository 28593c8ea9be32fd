// Builds dist/: the script for a tag (limen.js, with .gz and .br beside it), the stub, the ES module, the adapters, and types.
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildAdapters } from './scripts/adapters.mjs';
import { shorten } from './scripts/shorten.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(await readFile(`${folder}package.json`, 'utf8'));

const settings = {
  absWorkingDir: folder,
  bundle: true,
  target: 'es2021',
  legalComments: 'none',
  define: { AGENT_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
};
const banner = `/* Limen ${version}, Apache-2.0 */`;

async function bundle(entry) {
  const { outputFiles } = await build({ ...settings, entryPoints: [entry], format: 'esm', write: false });
  return shorten(outputFiles[0].text);
}

const script = `${banner}\n(()=>{${await bundle('src/script.ts')}})();\n`;
await build({
  ...settings,
  banner: { js: banner },
  entryPoints: ['src/index.ts'],
  format: 'esm',
  outfile: 'dist/limen.mjs',
});
await writeFile(`${folder}dist/limen.js`, script);
await writeFile(`${folder}dist/limen.js.gz`, gzipSync(script, { level: 9 }));
await writeFile(
  `${folder}dist/limen.js.br`,
  brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: script.length } }),
);
await writeFile(`${folder}dist/stub.js`, `(()=>{${await bundle('src/stub.ts')}})()`);
await buildAdapters({ folder, version });

const compiler = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
await promisify(execFile)(process.execPath, [compiler, '--project', `${folder}tsconfig.types.json`], {
  cwd: folder,
}).catch((error) => {
  throw new Error(`types were not written:\n${error.stdout}`);
});
await import('./scripts/size.mjs');
