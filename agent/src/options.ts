// What may be set: what the page wrote is checked once here, and becomes what the agent means.
import { attempt } from './browser/guard';
import type { Options, StartOptions } from './public';

/** What holds where the page says nothing, and the type each option must have. */
export const USUAL: Options = {
  key: '',
  endpoint: '',
  path: '/v1/rum',
  service: 'web',
  release: '',
  environment: '',
  propagateTo: [],
  firstParty: [],
  hashRoutes: false,
  sessionIdleMinutes: 15,
  sessionMaxMinutes: 240,
  sampleRate: 1,
  promoteOn: [],
  allowQuery: [],
  allowAttributes: [],
  allowUser: false,
  allowText: false,
  storage: 'local',
  consent: 'given',
  ignoreGpc: false,
  console: [],
  reports: false,
  userTiming: false,
  offline: false,
  budgetMillis: 100,
  otlp: false,
  beforeSend: (record) => record,
};

const WORDS: Record<string, string[]> = { storage: ['local', 'none'], consent: ['given', 'ask', 'tcf', 'google'] };

/** Goes on without what makes no sense, and says so; undefined when the agent cannot start at all. */
export function checkOptions(raw: StartOptions, problems: string[]): Options | undefined {
  const options: Record<string, any> = { ...USUAL };
  for (const [name, value] of Object.entries(raw ?? {})) {
    const usual = options[name];
    if (usual === undefined) problems.push(`${name} is no option`);
    else if (value == null) continue;
    else if (kindOf(value) !== kindOf(usual)) problems.push(`${name} wants a ${kindOf(usual)}`);
    else if ((value as number) < 0 || value !== value) problems.push(`${name} cannot be ${value}`);
    else if (WORDS[name]?.includes(value as string) === false)
      problems.push(`${name} wants ${WORDS[name]!.join(' or ')}`);
    else options[name] = value;
  }
  options.endpoint = attempt(() => {
    const { protocol, origin, pathname } = new URL(options.endpoint);
    return /^https?:$/.test(protocol) ? origin + pathname.replace(/\/+$/, '') : '';
  });
  options.propagateTo = options.propagateTo.flatMap((text: string) => {
    const origin = attempt(() => new URL(text).origin);
    if (origin && origin !== 'null') return origin;
    problems.push(`propagateTo wants origins like "https://api.example.com", not ${text}`);
    return [];
  });
  if (!options.endpoint) problems.push('endpoint wants the http(s) URL where Limen listens');
  if (!options.key && !options.otlp) problems.push('key is missing');
  return options.endpoint && (options.key || options.otlp) ? (options as Options) : undefined;
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

/** `data-session-idle-minutes="30"` is `sessionIdleMinutes: 30`; lists are divided by spaces or commas. */
export function readTag({ dataset, src }: HTMLScriptElement): StartOptions {
  const options: Record<string, unknown> = { endpoint: attempt(() => new URL(src).origin) };
  for (const [name, text = ''] of Object.entries(dataset)) {
    const kind = kindOf((USUAL as unknown as Record<string, unknown>)[name]);
    options[name] =
      kind === 'list'
        ? text.split(/[\s,]+/).filter(Boolean)
        : kind === 'boolean'
          ? text !== 'false'
          : kind === 'number'
            ? Number(text)
            : text;
  }
  return options as StartOptions;
}
