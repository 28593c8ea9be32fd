// The plugin for Rollup, and what that of Vite is made of.
import path from 'node:path';
import type { NormalizedOutputOptions, OutputBundle, Plugin } from 'rollup';
import { handle, type SourcemapsOptions, together } from './maps.js';

export type { SourcemapsOptions } from './maps.js';

const HINT = "set `output.sourcemap` to 'hidden' (or true)";

/** Gives the scripts of a build and their maps a debug id once they are written, and uploads the maps. */
export function limenSourcemaps(options: SourcemapsOptions = {}): Plugin {
  return {
    name: 'limen-sourcemaps',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(output, bundle) {
        await afterWriting(this, output, bundle, options, { hint: HINT });
      },
    },
  };
}

/** What a plugin's hook has of the bundler. */
interface Context {
  meta: { watchMode: boolean };
  info(text: string): void;
  warn(text: string): void;
  error(text: string): never;
}

type Output = Pick<NormalizedOutputOptions, 'dir' | 'file'>;

export async function afterWriting(
  context: Context,
  output: Output,
  bundle: Record<string, unknown> | OutputBundle,
  options: SourcemapsOptions,
  told: { hint: string; base?: string | undefined },
): Promise<void> {
  // Who watches reloads a page, and would upload every try.
  if (context.meta.watchMode) return;
  const folder = path.resolve(output.dir ?? path.dirname(output.file ?? ''));
  const report = await handle({ folder, files: Object.keys(bundle), ...told }, options);
  for (const line of report.told) context.info(`limen source maps: ${line}`);
  if (report.wrong.length === 0) return;
  if (options.required) context.error(together(report.wrong));
  else context.warn(together(report.wrong));
}
