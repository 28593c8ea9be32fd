// The plugin for esbuild.
import path from 'node:path';
import type { Plugin } from 'esbuild';
import { handle, type SourcemapsOptions } from './maps.js';

export type { SourcemapsOptions } from './maps.js';

const HINT = "set `sourcemap` to 'external' (or true)";

/** Gives the scripts of a build and their maps a debug id once they are written, and uploads the maps. */
export function limenSourcemaps(options: SourcemapsOptions = {}): Plugin {
  return {
    name: 'limen-sourcemaps',
    setup(build) {
      const { absWorkingDir = process.cwd(), outdir, outfile, write, logLevel } = build.initialOptions;
      // Nothing lies on the disk then.
      if (write === false) return;
      // Only this names the files that were written.
      build.initialOptions.metafile = true;
      build.onEnd(async ({ errors, metafile }) => {
        if (errors.length > 0 || metafile === undefined) return {};
        const files = Object.keys(metafile.outputs).map((file) => path.resolve(absWorkingDir, file));
        const folder = path.resolve(absWorkingDir, outdir ?? path.dirname(outfile ?? ''));
        const report = await handle({ folder, files, hint: HINT }, options);
        if (['verbose', 'debug', 'info'].includes(logLevel ?? '')) {
          for (const line of report.told) console.info(`limen source maps: ${line}`);
        }
        const wrong = report.wrong.map((text) => ({ text }));
        return options.required ? { errors: wrong } : { warnings: wrong };
      });
    },
  };
}
