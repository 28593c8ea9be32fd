// The plugin for Vite: that of Rollup, which knows Vite's `base`.
import type { Plugin } from 'vite';
import type { SourcemapsOptions } from './maps.js';
import { afterWriting } from './rollup.js';

export type { SourcemapsOptions } from './maps.js';

const HINT = "set `build.sourcemap` to 'hidden' (or true)";

/** Gives the scripts of a build and their maps a debug id once they are written, and uploads the maps. */
export function limenSourcemaps(options: SourcemapsOptions = {}): Plugin {
  let base: string | undefined;
  return {
    name: 'limen-sourcemaps',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      base = config.base;
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(output, bundle) {
        await afterWriting(this, output, bundle, options, { hint: HINT, base });
      },
    },
  };
}
