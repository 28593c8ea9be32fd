// The agent as a script tag: offers `Limen`, starts by the tag's own `data-` attributes, and catches up with the stub.
import { attempt, guard } from './browser/guard';
import { findLimen, limen as own, rememberHidden } from './limen';
import { readTag } from './options';
import type { Limen } from './public';
import type { Stub } from './stub';

const page = globalThis as { Limen?: Limen | Stub };

guard(() => {
  const tag = attempt(() => document.currentScript) as HTMLScriptElement | null | undefined;
  const stub = page.Limen as Partial<Stub> | undefined;
  const limen = findLimen() ?? own;
  page.Limen = limen;
  rememberHidden(stub?.h);
  if (tag && (tag.dataset.key ?? tag.dataset.otlp) !== undefined) limen.start(readTag(tag));
  if (!Array.isArray(stub?.q)) return;
  const queue = stub.q;
  // The stub's listeners fall silent when their queue is gone.
  delete stub.q;
  for (const [name, ...args] of queue) (limen as unknown as Record<string, Function | undefined>)[name]?.(...args);
})();
