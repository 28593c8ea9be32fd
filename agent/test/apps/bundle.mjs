// Bundles the small applications of this folder as their own builds would, with the built adapters in them.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const ADAPTERS = ['react', 'react-router', 'vue', 'angular', 'openfeature'];
const alias = Object.fromEntries(
  ADAPTERS.map((name) => [`@limen/agent/${name}`, here(`../../dist/adapters/${name}.mjs`)]),
);

/** Bundles entries such as `react/data.jsx`; answers routes for a site: `/assets/react/data.js` and its parts. */
export async function bundle(entries) {
  const { outputFiles } = await build({
    absWorkingDir: here('.'),
    entryPoints: entries,
    outbase: '.',
    outdir: 'assets',
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: ['es2022'],
    jsx: 'automatic',
    alias,
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      ngDevMode: 'false',
    },
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    legalComments: 'none',
    logLevel: 'warning',
  });
  const folder = here('.');
  return Object.fromEntries(
    outputFiles.map(({ path, text }) => [
      `/${path.slice(folder.length)}`,
      (_request, response) => response.setHeader('content-type', 'text/javascript').end(text),
    ]),
  );
}
