// Wraps a method of the page and gives it back at the end, unless somebody has wrapped it again meanwhile.
import { isRunning, onStop } from '../running';
import { guard } from './guard';

type Method = (this: any, ...args: any[]) => unknown;

/** Runs `before`, the page's own method with exactly what the page gave it, and `after`; neither can throw. */
export function wrap(
  owner: any,
  name: string,
  before?: (self: any, args: any[]) => void,
  after?: (self: any) => void,
): void {
  const inner: Method | undefined = owner[name];
  if (typeof inner !== 'function') return;
  const [first, last] = [guard(before ?? (() => undefined), true), guard(after ?? (() => undefined))];
  const wrapped: Method = function (...args) {
    if (!isRunning) return inner.apply(this, args);
    first(this, args);
    const answer = inner.apply(this, args);
    last(this);
    return answer;
  };
  Object.defineProperties(wrapped, { name: { value: name }, length: { value: inner.length } });
  owner[name] = wrapped;
  onStop(() => {
    if (owner[name] === wrapped) owner[name] = inner;
  });
}
