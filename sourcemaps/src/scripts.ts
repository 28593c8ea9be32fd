// The scripts of a build and the maps beside them.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** A script with a map. */
export interface Script {
  path: string;
  /** With slashes, from the folder of the build on. */
  name: string;
  map: string;
}

/** What was found of the files of a build. */
export interface Found {
  scripts: Script[];
  /** Scripts on the disk that have no map beside them, or one inside them. */
  withoutMap: string[];
}

/** By name. Files that are no scripts, or that were not written to the disk, are left out. */
export async function find(folder: string, files: Iterable<string>): Promise<Found> {
  const found: Found = { scripts: [], withoutMap: [] };
  const names = new Map<string, string>();
  for (const file of files) {
    const whole = path.resolve(folder, file);
    if (/\.[cm]?js$/.test(whole)) names.set(path.relative(folder, whole).split(path.sep).join('/'), whole);
  }
  for (const [name, script] of [...names].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (!(await isFile(script))) continue;
    const map = await mapOf(script);
    if (map === undefined) found.withoutMap.push(name);
    else found.scripts.push({ path: script, name, map });
  }
  return found;
}

async function mapOf(script: string): Promise<string | undefined> {
  const url = mappingUrl(await readText(script));
  const beside = (name: string) => path.resolve(path.dirname(script), name);
  const named = url === undefined || url.startsWith('data:') ? '' : url.split(/[?#]/)[0]!;
  if (named !== '' && (await isFile(beside(named)))) return beside(named);
  return (await isFile(`${script}.map`)) ? `${script}.map` : undefined;
}

async function isFile(name: string): Promise<boolean> {
  return stat(name).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The address of the map in the last comment of that kind, ECMA-426, section 11.1.2. */
export function mappingUrl(script: string): string | undefined {
  return comment(script, 'sourceMappingURL=');
}

/** The id that a script carries. */
export function debugId(script: string): string | undefined {
  return comment(script, 'debugId=');
}

/** Lines that are looked at, from the end. */
const LINES_MAX = 50;
const EDGES = /^\p{White_Space}+|\p{White_Space}+$/gu;

function comment(script: string, name: string): string | undefined {
  let end = script.endsWith('\n') ? script.length - 1 : script.length;
  for (let looked = 0; looked < LINES_MAX && end >= 0; looked++) {
    const start = end === 0 ? 0 : script.lastIndexOf('\n', end - 1) + 1;
    const rest = opened(script.slice(start, end));
    if (rest?.startsWith(name))
      return (
        rest
          .slice(name.length)
          .replace(EDGES, '')
          .split(/\p{White_Space}/u)[0] || undefined
      );
    end = start - 1;
  }
  return undefined;
}

/** What a line says behind `//#` or `//@`. Most lines say nothing, and one may be the whole script. */
function opened(line: string): string | undefined {
  const mark = /^\p{White_Space}*\/\/[#@]\p{White_Space}*/u.exec(line);
  return mark ? line.slice(mark[0].length).replace(EDGES, '') : undefined;
}

/** The text of a file, refused where it is no UTF-8: what cannot be read is not written back. */
export async function readText(path: string): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
}
