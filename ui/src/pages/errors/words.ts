// What groups of errors, their states and their frames are called.
import type { ErrorItem, ErrorPart, ErrorState, SourceFrame } from '../../api/errors';

export const STATES = ['open', 'new', 'regressed', 'ignored', 'resolved', 'all'] as const;
export type Chosen = (typeof STATES)[number];
export const STATE_WORDS: Record<Chosen, string> = {
  open: 'Open',
  new: 'New',
  regressed: 'Regressed',
  ignored: 'Ignored',
  resolved: 'Resolved',
  all: 'All',
};

export const CLASSES = [
  ['app', 'Of the application'],
  ['third_party', 'Of third parties'],
  ['opaque', 'Script error.'],
  ['extension', 'Of extensions'],
  ['noise', 'Noise by rule'],
  ['all', 'Everything'],
] as const;

export const ORDERS = [
  ['sessions', 'Most sessions'],
  ['errors', 'Most errors'],
  ['users', 'Most users'],
  ['last', 'Last seen'],
  ['first', 'First seen'],
] as const;

/** What stands beside a group that is not simply open: the most telling word first. */
export function badgeOf(item: Pick<ErrorItem, 'first_seen' | 'state'>, from: number): string | null {
  const { status, resolved_in, next_release, regressed_in, until } = item.state;
  if (status === 'regressed') return regressed_in ? `regressed in ${regressed_in}` : 'regressed';
  if (status === 'resolved')
    return resolved_in ? `resolved in ${resolved_in}` : next_release ? 'resolved in the next release' : 'resolved';
  if (status === 'ignored') return until ? `ignored until ${sayUntil(until)}` : 'ignored';
  return Date.parse(item.first_seen) >= from ? 'new' : null;
}

function sayUntil({ time, errors, sessions }: NonNullable<ErrorState['until']>): string {
  const ends = [
    time ? new Date(time * 1000).toISOString().slice(0, 10) : '',
    errors ? `${errors} more errors` : '',
    sessions ? `${sessions} more sessions` : '',
  ];
  return ends.filter(Boolean).join(' or ');
}

/** Why a frame has no source, and what to do about it. */
export function remedyOf(reason: string, release: string): { why: string; do: string } {
  const upload = 'limen sourcemaps inject dist && limen sourcemaps upload dist';
  const inRelease = release === '' ? '' : ` --release ${release}`;
  switch (reason) {
    case 'nothing_uploaded':
      return { why: 'No source map was ever uploaded for this application.', do: upload + inRelease };
    case 'nothing_for_release':
      return { why: `No source map was uploaded for the release ${release || '(unknown)'}.`, do: upload + inRelease };
    case 'no_such_file':
      return {
        why: 'The release has source maps, and none for this file: compare the path with --url-prefix.',
        do: upload + inRelease,
      };
    case 'unknown_debug_id':
      return { why: 'The script says which build it is, and no map of that build was uploaded.', do: upload };
    case 'not_in_map':
      return { why: 'There is a map, and it does not know this place: it is probably of another build.', do: upload };
    case 'map_damaged':
      return { why: 'The uploaded map cannot be read.', do: upload + inRelease };
    case 'no_release':
      return { why: 'The error names no release, and the script no build.', do: upload };
    default:
      return { why: 'The browser told no line and column.', do: '' };
  }
}

export const GROUPED_BY: Record<string, string> = {
  rule: 'a rule',
  app_frames: 'functions and files of the application',
  all_frames: 'functions and files, none of which is the application’s',
  message: 'type and message, as there is no stack',
};

/** Frames in a row that are worth a line each, or folded because they are not the application's. */
export interface Stretch {
  own: boolean;
  frames: SourceFrame[];
}

export function stretchesOf(part: Pick<ErrorPart, 'frames'>): Stretch[] {
  const any = part.frames.some((frame) => frame.party === 'app');
  const stretches: Stretch[] = [];
  for (const frame of part.frames) {
    const own = !any || frame.party === 'app';
    const last = stretches.at(-1);
    if (last?.own === own) last.frames.push(frame);
    else stretches.push({ own, frames: [frame] });
  }
  return stretches;
}

export function placeOf(frame: Pick<SourceFrame, 'file' | 'line' | 'column'>): string {
  if (frame.file === '') return '';
  return [frame.file, frame.line, frame.column].filter((part) => part !== 0).join(':');
}

/** All of an error as people paste it into a ticket. */
export function markdownOf(title: string, parts: readonly ErrorPart[], link: string): string {
  const line = (frame: SourceFrame) => `    at ${frame.function || '(anonymous)'} (${placeOf(frame) || frame.party})`;
  const stacks = parts.map((part, i) =>
    [i > 0 ? `Caused by: ${part.head}` : title, ...part.frames.map(line)].join('\n'),
  );
  return `**${title}**\n\n\`\`\`\n${stacks.join('\n')}\n\`\`\`\n\n${link}\n`;
}
