// Builds dist/adapters/: the ES modules for frameworks, each with its types; the frameworks themselves stay outside.
import { build, transform } from 'esbuild';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

/** The entries, as `@limen/agent/<name>`. */
export const ADAPTERS = ['react', 'react-router', 'vue', 'angular', 'openfeature'];
/** Each adapter, minified as an application's own build would do it, and gzipped. */
const GZIP_MAX_BYTES = 1024;

/** `folder` is that of the agent's package. Fails when an adapter is over its budget. */
export async function buildAdapters({ folder, version }) {
  const output = join(folder, 'dist/adapters');
  await build({
    absWorkingDir: folder,
    bundle: true,
    // Each stands alone: what they share is smaller than a file of its own would be.
    splitting: false,
    packages: 'external',
    format: 'esm',
    target: ['es2020'],
    legalComments: 'none',
    banner: { js: `/* Limen ${version}, Apache-2.0 */` },
    entryPoints: ADAPTERS.map((name) => `src/adapters/${name}.ts`),
    outdir: 'dist/adapters',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
  await writeTypes(folder, output);
  for (const name of ADAPTERS) await weigh(name, output);
}

async function writeTypes(folder, output) {
  const compiler = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
  const project = join(folder, 'src/adapters/tsconfig.json');
  await promisify(execFile)(process.execPath, [compiler, '--project', project, '--outDir', output]).catch((error) => {
    throw new Error(`types of the adapters were not written:\n${error.stdout}`);
  });
}

async function weigh(name, output) {
  const module = await readFile(join(output, `${name}.mjs`), 'utf8');
  const { code } = await transform(module, { minify: true, format: 'esm', legalComments: 'none' });
  const bytes = gzipSync(code, { level: 9 }).length;
  console.log(`${`adapters/${name}`.padEnd(24)} ${String(bytes).padStart(6)} ${String(GZIP_MAX_BYTES).padStart(8)}`);
  if (bytes > GZIP_MAX_BYTES) throw new Error(`dist/adapters/${name}.mjs is over ${GZIP_MAX_BYTES} bytes, gzipped`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  await buildAdapters({ folder, version });
}
