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

const WORDS: Record<string, string> = { storage: 'local none', consent: 'given ask tcf google' };

/** Goes on without what makes no sense, and says so; undefined when the agent cannot start at all. */
export function checkOptions(raw: StartOptions, problems: string[]): Options | undefined {
  const options: Record<string, any> = { ...USUAL };
  for (const [name, value] of Object.entries(raw ?? {}) as [string, any][]) {
    if (value == null) continue;
    const words = WORDS[name]?.split(' ');
    if (kindOf(value) === kindOf(options[name]) && !(value < 0) && value === value && words?.includes(value) !== false)
      options[name] = value;
    else problems.push(`${name} cannot be ${value}`);
  }
  const originOf = (text: string): URL | undefined =>
    attempt(() => new URL(text)) ?? void problems.push(`${text || 'an endpoint'} is no URL`);
  options.propagateTo = options.propagateTo.flatMap((text: string) => originOf(text)?.origin ?? []);
  const { protocol = '', origin, pathname } = originOf(options.endpoint) ?? {};
  options.endpoint = origin + (pathname ?? '').replace(/\/+$/, '');
  if (/^http/.test(protocol) && (options.key || options.otlp)) return options as Options;
  problems.push('needs a key and an http endpoint');
  return undefined;
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
