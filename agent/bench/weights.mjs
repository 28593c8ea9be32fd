// What each part of the agent weighs: how much smaller the compressed script is when the part does nothing.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { shorten } from '../scripts/shorten.mjs';

const folder = fileURLToPath(new URL('../', import.meta.url));

/** Parts by the files of src/ that are theirs alone. What they share (clock, listeners, records) is in the rest. */
const PARTS = {
  'web vitals with attribution, soft navigations': ['vitals/*', 'collect/vitals'],
  'document and its phases': ['collect/navigation'],
  'routes, roots and quiet periods': ['collect/routes', 'browser/history', 'context/roots'],
  'requests (fetch and XMLHttpRequest) and trace context': ['collect/requests', 'collect/fetch', 'collect/xhr'],
  'resources and long frames': ['collect/resources', 'collect/frames'],
  'clicks and frustration': ['collect/clicks'],
  'errors with causes and debug ids': ['collect/errors'],
  'console, reports, user timing': ['collect/console'],
  'scroll and abandonment': ['collect/scroll'],
  'views as snapshots': ['context/view'],
  'sessions over tabs': ['context/session', 'browser/storage'],
  'sampling and pushed settings': ['context/sampling', 'context/settings'],
  'consent (own, TCF, Google)': ['context/consent'],
  'redaction of URLs and texts, selectors': ['privacy/url', 'privacy/secrets', 'browser/selector'],
  'options, from tag and code': ['options'],
  'encoding and packing': ['send/encode', 'send/gzip', 'send/batch'],
  'transport, retries, offline queue': ['send/transport'],
  'self-measurement and shedding': ['collect/features'],
};

/** Rows of { part, gzip }, largest first, and `whole`. */
export async function weigh() {
  const whole = await sizeWithout([]);
  const rows = [];
  for (const [part, files] of Object.entries(PARTS)) rows.push({ part, gzip: whole - (await sizeWithout(files)) });
  return { whole, rows: rows.sort((one, other) => other.gzip - one.gzip) };
}

async function sizeWithout(files) {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: ['src/script.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2021',
    legalComments: 'none',
    define: { AGENT_VERSION: '"0.0.0"' },
    plugins: files.length ? [hollow(files)] : [],
  });
  return gzipSync(await shorten(outputFiles[0].text), { level: 9 }).length;
}

/** In the place of each file a module with the same names, whose functions do nothing; one that wraps gives back what it got. */
const hollow = (files) => ({
  name: 'hollow',
  setup(bundler) {
    const names = files.map((file) => file.replace('*', '\\w+')).join('|');
    bundler.onLoad({ filter: new RegExp(`/src/(${names})\\.ts$`) }, async ({ path }) => {
      const { metafile } = await build({
        entryPoints: [path],
        bundle: true,
        write: false,
        format: 'esm',
        metafile: true,
      });
      const [{ exports }] = Object.values(metafile.outputs);
      return { contents: exports.map((name) => `export let ${name} = (_, wrapped) => wrapped;`).join('\n') };
    });
  },
});
