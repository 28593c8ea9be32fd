// Gives a script and its map a common debug id, byte for byte as `limen sourcemaps inject` does: fixtures/sourcemaps holds both to it.
import { createHash } from 'node:crypto';
import { rename, stat, writeFile } from 'node:fs/promises';
import { debugId, readText, type Script } from './scripts.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** False when it was there: doing it again changes nothing. */
export async function inject(script: Script): Promise<boolean> {
  const text = await readText(script.path);
  if (debugId(text) !== undefined) return false;
  const id = idOf(text);
  const map = parse(await readText(script.map));
  // The map goes first: where this was interrupted before, it is done and the script is not.
  if (!isObject(map) || map['debugId'] !== id) await write(script.map, written(withId(map, id)));
  await write(script.path, withLine(text, id));
  return true;
}

/** A UUID of version 8, RFC 9562, section 5.8: the first bits of the SHA-256 of the script. */
export function idOf(script: string): string {
  const bytes = createHash('sha256').update(script, 'utf8').digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** One line is put in front, so every place in the map is a line further down. */
export function withId(map: Json, id: string): Json {
  if (!isObject(map)) throw new Error('its map is no object');
  if (Array.isArray(map['sections'])) {
    for (const section of map['sections']) {
      const offset = isObject(section) ? section['offset'] : undefined;
      const line = isObject(offset) ? offset['line'] : undefined;
      if (!isObject(offset) || typeof line !== 'number' || !Number.isInteger(line) || line < 0) {
        throw new Error('a section of its map has no offset');
      }
      offset['line'] = line + 1;
    }
  } else if (typeof map['mappings'] === 'string') {
    map['mappings'] = `;${map['mappings']}`;
  } else {
    throw new Error('its map has no mappings');
  }
  map['debugId'] = id;
  // What other tools read.
  map['debug_id'] = id;
  return map;
}

/** The line goes behind a first line for the shell; what was strict stays strict. */
export function withLine(script: string, id: string): string {
  const shellEnd = script.startsWith('#!') ? script.indexOf('\n') + 1 : 0;
  const [shell, rest] = [script.slice(0, shellEnd), script.slice(shellEnd)];
  const directive = /^(["'])use strict\1/.test(behindComments(rest)) ? '"use strict";' : '';
  // As old as scripts may be: it runs before whatever they bring for old browsers.
  const line =
    `${directive}!function(){try{var g="undefined"!=typeof globalThis?globalThis:self,s=(new g.Error).stack;` +
    `s&&((g._limenDebugIds=g._limenDebugIds||{})[s]="${id}")}catch(e){}}();\n`;
  const today = rest.lastIndexOf('//# sourceMappingURL=');
  const found = today >= 0 ? today : rest.lastIndexOf('//@ sourceMappingURL=');
  const at = found >= 0 ? found : rest.length;
  const [body, mapping] = [rest.slice(0, at), rest.slice(at)];
  const gap = body === '' || body.endsWith('\n') ? '' : '\n';
  return `${shell}${line}${body}${gap}//# debugId=${id}\n${mapping}`;
}

/** Where a directive would be: below licences and whatever else may stand above it. */
function behindComments(script: string): string {
  let rest = script;
  for (;;) {
    rest = rest.replace(/^[\p{White_Space}\uFEFF]+/u, '');
    const closing = rest.startsWith('//') ? '\n' : rest.startsWith('/*') ? '*/' : undefined;
    if (closing === undefined) return rest;
    const end = rest.indexOf(closing, 2);
    rest = end < 0 ? '' : rest.slice(end + closing.length);
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Error(`its map is no JSON: ${(error as Error).message}`);
  }
}

/** JSON with its keys in order, so that the same map is the same bytes whoever wrote it. */
function written(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${written(value[key]!)}`).join(',')}}`;
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whole or not at all; what could be run before can be run after. */
async function write(path: string, text: string): Promise<void> {
  const part = `${path}.limen-part`;
  await writeFile(part, text, { mode: (await stat(path)).mode });
  await rename(part, path);
}
