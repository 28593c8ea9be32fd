// Names an element by what the developer wrote (tags, ids, classes), never by what the user sees.
import { SELECTOR_MAX_LENGTH } from '../limits';

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

/** Tag, id and classes of one element. */
export function stepOf(element: Element): string {
  const tag = element.nodeName.toLowerCase();
  const id = element.getAttribute('id')?.trim();
  if (id) return `${tag}#${id}`;
  const classes = element.getAttribute('class')?.trim().split(/\s+/).sort().join('.');
  return classes ? `${tag}.${classes}` : tag;
}
