// Generates src/api/schema.ts from the server's OpenAPI snapshot; with --check it only says whether the file is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const ui = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(ui, 'src/api/schema.ts');
const source = join(ui, '../crates/server/tests/it/snapshots/openapi.json');

if (!existsSync(source)) {
  console.error('no OpenAPI snapshot found: run the server tests once, they write it');
  process.exit(1);
}

const header =
  '// The shapes of the HTTP API, generated from the OpenAPI snapshot by `npm run -w ui generate`: do not edit.\n\n';
const schema = header + astToString(await openapiTS(pathToFileURL(source)));

if (process.argv.includes('--check')) {
  const current = existsSync(target) ? readFileSync(target, 'utf8') : '';
  if (current !== schema) {
    console.error('src/api/schema.ts is stale: run `npm run -w ui generate`');
    process.exit(1);
  }
  console.log('src/api/schema.ts is up to date');
} else {
  writeFileSync(target, schema);
  console.log(`wrote src/api/schema.ts from ${relative(join(ui, '..'), source)}`);
}
