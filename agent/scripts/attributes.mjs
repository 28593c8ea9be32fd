// Writes src/attributes.gen.ts from the one list of names in crates/model; with --check it only says whether it is fresh.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const listPath = fileURLToPath(new URL('../../crates/model/src/attributes.rs', import.meta.url));
const generatedPath = fileURLToPath(new URL('../src/attributes.gen.ts', import.meta.url));

/** The entries of the `names!` list: a doc line, a constant and a name. */
export function parse(source) {
  const list = source.slice(source.lastIndexOf('\nnames! {'));
  const body = list.slice(0, list.indexOf('\n}'));
  const entries = [...body.matchAll(/((?:[ \t]*\/\/\/.*\n)+)[ \t]*([A-Z0-9_]+) = "([^"]+)";/g)];
  return entries.map(([, docs, constant, name]) => ({
    constant,
    name,
    meaning: docs
      .split('\n')
      .map((line) => line.replace(/^[ \t]*\/\/\/ ?/, ''))
      .join(' ')
      .trim(),
  }));
}

export function write(entries) {
  const lines = entries.map(({ constant, name, meaning }) => `  /** ${meaning} */\n  ${constant} = '${name}',`);
  // An enum that is a constant costs nothing: the build writes its values where they are used.
  return `// Attribute and event names, generated from crates/model/src/attributes.rs by scripts/attributes.mjs. Do not edit.\n\nexport const enum A {\n${lines.join('\n')}\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const entries = parse(await readFile(listPath, 'utf8'));
  if (entries.length === 0) throw new Error(`no names found in ${listPath}: has the names! list moved?`);
  const fresh = write(entries);
  if (process.argv.includes('--check')) {
    const current = await readFile(generatedPath, 'utf8').catch(() => '');
    if (current !== fresh) {
      console.error('src/attributes.gen.ts is stale: run `npm run attributes -w agent`');
      process.exit(1);
    }
  } else {
    await writeFile(generatedPath, fresh);
  }
}
