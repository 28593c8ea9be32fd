// Source maps in words, and their list as pages of it arrive.
import type { SourceMap } from '../../../api/types';
import type { TextTable } from '../../../format/copy';

/** Joins two stretches of the list; where both have a map, the first one's word counts. */
export function joinMaps(first: readonly SourceMap[], second: readonly SourceMap[]): SourceMap[] {
  const known = new Set(first.map((map) => map.id));
  return [...first, ...second.filter((map) => !known.has(map.id))];
}

/** What a person calls the map: its script, or the id where that is all that is known. */
export function nameOf(map: SourceMap): string {
  return map.path ?? map.debug_id ?? map.id;
}

export function tableOf(maps: readonly SourceMap[]): TextTable {
  return {
    columns: ['Script', 'Release', 'Debug id', 'Bytes', 'Bytes on the disk', 'Uploaded'],
    rows: maps.map((map) => [
      map.path ?? '',
      map.release ?? '',
      map.debug_id ?? '',
      map.bytes,
      map.packed_bytes,
      map.uploaded,
    ]),
  };
}

/** The plugin's part of a Vite configuration, for this server and application. */
export function pluginText(origin: string, app: string | undefined): string {
  const options = [`server: '${origin}'`, ...(app ? [`app: '${app}'`] : []), 'deleteMaps: true'];
  const lines = options.map((option) => `      ${option},`);
  return [
    "import { limenSourcemaps } from '@limen/sourcemaps/vite';",
    '',
    'export default {',
    "  build: { sourcemap: 'hidden' },",
    '  plugins: [',
    '    limenSourcemaps({',
    ...lines,
    '    }),',
    '  ],',
    '};',
  ].join('\n');
}

/** The two commands that do the same after a build. */
export function commandText(host: string, app: string | undefined): string {
  return `limen sourcemaps inject dist\nlimen sourcemaps upload dist --server ${host}${app ? ` --app ${app}` : ''}`;
}
