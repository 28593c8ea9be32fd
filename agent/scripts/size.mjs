// Prints the size of the built script and fails when it is over the budget in package.json.
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const { budget } = JSON.parse(await readFile(`${folder}package.json`, 'utf8'));

console.log('file                  bytes   budget');
for (const file of ['dist/limen.js', 'dist/limen.js.gz', 'dist/limen.js.br', 'dist/stub.js']) {
  const { size } = await stat(folder + file);
  const limit = budget[file];
  console.log(`${file.padEnd(18)} ${String(size).padStart(8)} ${String(limit ?? '-').padStart(8)}`);
  if (limit !== undefined && size > limit) {
    console.error(`${file} is over its budget: make it smaller, or raise "budget" in package.json and say why`);
    process.exitCode = 1;
  }
}
