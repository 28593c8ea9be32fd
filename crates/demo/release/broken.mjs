// Builds the broken release of the shop's page as people build pages, minified into one file, and uploads its source map:
// `node broken.mjs FOLDER LIMEN SERVER`, where LIMEN is the program and SERVER its address.
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Resolves to what the upload said. */
export async function releaseBroken(folder, limen, server) {
  const { right, broken } = JSON.parse(await readFile(path.join(here, 'broken.json'), 'utf8'));
  const breaking = {
    name: 'breaking',
    setup({ onLoad }) {
      onLoad({ filter: /pages\/product\.js$/ }, async ({ path: file }) => {
        const text = await readFile(file, 'utf8');
        if (text.split(right).length !== 2) throw new Error(`${file} must have "${right}" once`);
        return { contents: text.replace(right, broken), loader: 'js' };
      });
    },
  };
  // What an earlier build left would be uploaded again.
  await rm(folder, { recursive: true, force: true });
  await build({
    entryPoints: [path.join(here, '../web/app.js')],
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    sourcemap: true,
    plugins: [breaking],
    logLevel: 'warning',
  });
  const run = promisify(execFile);
  await run(limen, ['sourcemaps', 'inject', folder]);
  const { stdout } = await run(limen, ['sourcemaps', 'upload', folder, '--server', server]);
  return stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, limen, server] = process.argv.slice(2);
  if (!server) throw new Error('node broken.mjs FOLDER LIMEN SERVER');
  console.log((await releaseBroken(folder, limen, server)).trim());
}
