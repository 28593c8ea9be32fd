// The plugin for webpack 5.
import type { Compilation, Compiler } from 'webpack';
import { handle, type SourcemapsOptions, together } from './maps.js';

export type { SourcemapsOptions } from './maps.js';

const NAME = 'LimenSourcemaps';
const HINT = "set `devtool` to 'hidden-source-map' (or 'source-map')";

/** Gives the scripts of a build and their maps a debug id once they are written, and uploads the maps. */
export function limenSourcemaps(options: SourcemapsOptions = {}): { apply(compiler: Compiler): void } {
  return {
    apply(compiler) {
      compiler.hooks.afterEmit.tapPromise(NAME, async (compilation) => {
        // Who watches reloads a page, and would upload every try.
        if (!compiler.watchMode) await afterEmit(compiler, compilation, options);
      });
    },
  };
}

async function afterEmit(compiler: Compiler, compilation: Compilation, options: SourcemapsOptions): Promise<void> {
  const { publicPath } = compilation.outputOptions;
  const report = await handle(
    {
      folder: compilation.outputOptions.path ?? compiler.outputPath,
      // A name may end in a query, which the file has not.
      files: compilation.getAssets().map(({ name }) => name.split('?')[0]!),
      hint: HINT,
      base: typeof publicPath === 'string' ? publicPath : undefined,
    },
    options,
  );
  const logger = compilation.getLogger(NAME);
  for (const line of report.told) logger.info(line);
  if (report.wrong.length === 0) return;
  const error = new compiler.webpack.WebpackError(together(report.wrong));
  (options.required ? compilation.errors : compilation.warnings).push(error);
}
