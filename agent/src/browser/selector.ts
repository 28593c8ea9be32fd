// Names an element by what the developer wrote (tags, ids, classes), never by what the user sees.
import { SELECTOR_MAX_LENGTH } from '../limits';
import { looksSecret } from '../privacy/secrets';

/** A short path from the nearest ancestor with an id, such as `#cart>button.primary`. */
export function selectorOf(element: Element): string {
  let path = '';
  for (let each: Element | null = element; each; each = each.parentElement) {
    const step = stepOf(each);
    const longer = path ? `${step}>${path}` : step;
    if (path && longer.length > SELECTOR_MAX_LENGTH) break;
    path = longer;
    if (step.includes('#')) break;
  }
  return path.slice(0, SELECTOR_MAX_LENGTH);
}

/** Tag, id and classes of one element: the tag alone where the page wants it masked, without names made of data. */
export function stepOf(element: Element): string {
  const tag = element.nodeName.toLowerCase();
  const wordsOf = (name: string): string[] =>
    (element.getAttribute(name)?.trim().split(/\s+/) ?? []).filter((word) => word && !looksSecret(word));
  if (element.closest('[data-limen-mask]')) return tag;
  const [id] = wordsOf('id');
  return id ? `${tag}#${id}` : [tag, ...wordsOf('class').sort()].join('.');
}
