// The agent as a script tag: offers `Limen` and starts by the tag's own `data-` attributes.
import { attempt, guard } from './browser/guard';
import { createLimen, findLimen, type Limen } from './limen';
import type { StartOptions } from './options';

/** What an inline stub leaves: calls to make, and errors seen before we arrived. */
type Queued = [name: keyof Limen | 'take', ...args: unknown[]];
interface Stub {
  q?: unknown;
}

const page = globalThis as { Limen?: Limen | Stub };
const tag = attempt(() => document.currentScript) as HTMLScriptElement | null | undefined;

guard(() => {
  const stub = page.Limen as Stub | undefined;
  const limen = findLimen() ?? createLimen();
  page.Limen = limen;
  if (tag?.dataset.key !== undefined || tag?.dataset.otlp !== undefined) limen.start(readTag(tag));
  if (Array.isArray(stub?.q)) for (const queued of stub.q as Queued[]) replay(limen, queued);
})();

function replay(limen: Limen, [name, ...args]: Queued): void {
  const method: unknown = limen[name];
  if (typeof method === 'function') (method as (...args: unknown[]) => void)(...args);
}

/** `data-session-idle-minutes="30"` is `sessionIdleMinutes: 30`; lists are divided by spaces or commas. */
function readTag({ dataset, src }: HTMLScriptElement): StartOptions {
  const options: Record<string, unknown> = { endpoint: attempt(() => new URL(src).origin) };
  for (const [name, text = ''] of Object.entries(dataset)) {
    if (name === 'propagateTo') options[name] = text.split(/[\s,]+/).filter(Boolean);
    else if (name === 'hashRoutes' || name === 'otlp') options[name] = text !== 'false';
    else if (/Minutes$/.test(name)) options[name] = Number(text);
    else options[name] = text;
  }
  return options as StartOptions;
}
