// The agent as a script tag: offers `Limen`, starts by the tag's own `data-` attributes, and catches up with the stub.
import { attempt, guard } from './browser/guard';
import { catchUp, findLimen, limen as own } from './limen';
import { readTag } from './options';
import type { Limen } from './public';
import type { Stub } from './stub';

const page = globalThis as { Limen?: Limen | Stub };

guard(() => {
  const tag = attempt(() => document.currentScript) as HTMLScriptElement | null | undefined;
  const stub = page.Limen as Partial<Stub> | undefined;
  const limen = findLimen() ?? own;
  page.Limen = limen;
  catchUp(stub);
  if (tag && (tag.dataset.key ?? tag.dataset.otlp) !== undefined) limen.start(readTag(tag));
})();
