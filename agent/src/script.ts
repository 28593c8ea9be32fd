// The agent as a script tag: offers `Limen`, starts by the tag's own `data-` attributes, and catches up with the stub.
import { attempt, guard } from './browser/guard';
import { createLimen, findLimen } from './limen';
import { readTag } from './options';
import type { Limen } from './public';
import type { Stub } from './stub';

const page = globalThis as { Limen?: Limen | Stub };
const tag = attempt(() => document.currentScript) as HTMLScriptElement | null | undefined;

guard(() => {
  const stub = page.Limen as Partial<Stub> | undefined;
  const limen = findLimen() ?? createLimen(stub?.h);
  page.Limen = limen;
  if (tag?.dataset.key !== undefined || tag?.dataset.otlp !== undefined) limen.start(readTag(tag));
  const queue = stub?.q;
  if (!Array.isArray(queue)) return;
  // The stub's listeners fall silent when their queue is gone.
  delete stub!.q;
  for (const [name, ...args] of queue) (limen as unknown as Record<string, Function | undefined>)[name]?.(...args);
})();
