// Makes a bundle small: every property that is neither the platform's nor the page's gets a short name.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import swc from '@swc/core';
import { minify } from 'terser';

const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const source = (name) => new URL(`../src/${name}`, import.meta.url);

/** Files whose every name must stay: the platform's types, what a page sees of us, and what goes over the wire. */
const FILES = [
  ...[
    'dom',
    'es5',
    'es2015.core',
    'es2015.collection',
    'es2015.iterable',
    'es2015.promise',
    'es2015.symbol',
    'es2017.object',
    'es2017.string',
    'es2018.promise',
    'es2019.array',
    'es2019.object',
    'es2020.bigint',
    'es2021.weakref',
  ].map((name) => `${typescript}/lib/lib.${name}.d.ts`),
  source('platform.d.ts'),
  source('public.ts'),
  source('send/wire.ts'),
  source('stub.ts'),
];

/** Names of data (`scroll_depth`, `tls`) are never written like this, so they stay as they are. */
const OURS = /^[a-z]+[A-Z]/;

export async function shorten(code) {
  const texts = await Promise.all(FILES.map((file) => readFile(file, 'utf8')));
  const reserved = [...new Set(texts.join('\n').match(/[A-Za-z_$][\w$]*/g))];
  // terser knows which properties may be renamed, swc inlines more.
  const renamed = await minify(code, {
    module: true,
    ecma: 2020,
    compress: { passes: 3, pure_getters: true, unsafe_arrows: true, unsafe_methods: true },
    mangle: { toplevel: true, properties: { keep_quoted: true, regex: OURS, reserved } },
    format: { wrap_func_args: false },
  });
  // One character beyond Latin-1 would make the browser keep all of it in two bytes each.
  const format = { asciiOnly: true };
  const options = { module: true, compress: { passes: 4 }, mangle: { toplevel: true }, format };
  const short = await swc.minify(renamed.code, options);
  return short.code.trim();
}
