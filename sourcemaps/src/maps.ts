// What all the plugins do once a build is written: inject, upload, delete, and tell what happened.
import { rm } from 'node:fs/promises';
import { inject } from './inject.js';
import { find, type Script } from './scripts.js';
import { PATIENCE, type Patience, type Target, upload } from './upload.js';

export interface SourcemapsOptions {
  /** Where the maps are sent, as `http://127.0.0.1:4600`; left out, LIMEN_SOURCEMAPS_SERVER. Without either, nothing is sent. */
  server?: string | undefined;
  /** Sent with every upload, for a proxy before the server that wants to know who asks. */
  headers?: Record<string, string> | undefined;
  /** Slug of the application; left out, the first one. */
  app?: string | undefined;
  /** As pages report it; then maps are found by release and path as well. */
  release?: string | undefined;
  /** Path under which browsers load the output folder; left out, what the bundler's settings say, else `/`. */
  urlPrefix?: string | undefined;
  /** Removes the maps of scripts from the output once they all were uploaded. */
  deleteMaps?: boolean | undefined;
  /** Whether the build fails when something went wrong here, instead of warning. */
  required?: boolean | undefined;
}

/** What a bundler wrote. */
export interface Written {
  folder: string;
  /** From the folder on, or absolute; other files than scripts are passed over. */
  files: Iterable<string>;
  /** How this bundler is told to write maps. */
  hint: string;
  /** Path or address of the folder in the bundler's settings. */
  base?: string | undefined;
}

/** In words, for the bundler's own log. */
export interface Report {
  told: string[];
  wrong: string[];
}

export async function handle(written: Written, options: SourcemapsOptions, patience = PATIENCE): Promise<Report> {
  const report: Report = { told: [], wrong: [] };
  try {
    await injectAndSend(written, options, patience, report);
  } catch (error) {
    report.wrong.push((error as Error).message);
  }
  return report;
}

async function injectAndSend(written: Written, options: SourcemapsOptions, patience: Patience, report: Report) {
  const target = targetOf(options, written.base);
  const { scripts, withoutMap } = await find(written.folder, written.files);
  if (scripts.length === 0) {
    if (withoutMap.length > 0) report.wrong.push(`no script of this build has a source map beside it: ${written.hint}`);
    return;
  }
  const injected = await injectAll(scripts, report);
  report.told.push(`${counted(injected.length, 'script')} with a debug id`);
  if (target === undefined) {
    if (options.deleteMaps)
      report.wrong.push('the maps were kept, since they were not uploaded: say where with `server`');
    return;
  }
  const { uploaded, wasThere, wrong } = await upload(injected, target, patience);
  report.wrong.push(...wrong);
  report.told.push(
    `${counted(uploaded + wasThere, 'source map')} at ${target.server}, ${wasThere} of them from before`,
  );
  if (!options.deleteMaps) return;
  if (report.wrong.length > 0) {
    report.wrong.push('the maps were kept, since not all were uploaded: do not deploy them');
  } else {
    for (const { map } of scripts) await rm(map, { force: true });
    report.told.push('maps deleted from the output');
  }
}

/** Those that carry an id now. */
async function injectAll(scripts: Script[], report: Report): Promise<Script[]> {
  const injected: Script[] = [];
  for (const script of scripts) {
    try {
      await inject(script);
      injected.push(script);
    } catch (error) {
      report.wrong.push(`${script.name}: ${(error as Error).message}`);
    }
  }
  return injected;
}

function targetOf(options: SourcemapsOptions, base: string | undefined): Target | undefined {
  const written = (options.server ?? process.env['LIMEN_SOURCEMAPS_SERVER'] ?? '').trim();
  if (written === '') return undefined;
  const server = (/^[a-z]+:\/\//i.test(written) ? written : `http://${written}`).replace(/\/+$/, '');
  const url = URL.canParse(server) ? new URL(server) : undefined;
  // What was written may hold a password, so it is not repeated.
  if (url?.username || url?.password) {
    throw new Error('`server` has a name or password in it: send them as `headers: { authorization: … }` instead');
  }
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Error('`server` is no address: write it like http://127.0.0.1:4600');
  }
  const prefix = options.urlPrefix ?? (base !== undefined && /^\/|^https?:\/\//.test(base) ? base : '/');
  return { server, headers: options.headers ?? {}, app: options.app, release: options.release || undefined, prefix };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** One text for bundlers that fail with one. */
export function together(wrong: string[]): string {
  return wrong.map((line) => `limen source maps: ${line}`).join('\n');
}
