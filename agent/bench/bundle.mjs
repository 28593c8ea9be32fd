// Bundles each contestant as its users would, and says how large its script is as served.
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/**
 * What a contestant would load later, if ever, stays out of its script, as with any bundler that splits: Datadog's
 * recorder is such a part. The site notices when one is asked for.
 */
const laterParts = {
  name: 'later-parts',
  setup: (building) =>
    building.onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    ),
};

export async function bundle(name) {
  const result = await build({
    absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
    entryPoints: [`contestants/${name}.js`],
    bundle: true,
    minify: true,
    treeShaking: true,
    format: 'iife',
    target: ['es2020'],
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [laterParts],
    write: false,
    logLevel: 'warning',
  });
  return Buffer.from(result.outputFiles[0].contents);
}

export const readScript = (path) => readFile(path);

export function sizesOf(script) {
  return {
    plain: script.length,
    gzip: gzipSync(script, { level: 9 }).length,
    brotli: brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: script.length } }).length,
  };
}
