// Builds elements. Text is always set as text, so nothing that comes from a server can become markup.

/** `element("a", { href: "/" }, "Home")`; functions become listeners, `null` children are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child != null));
  return made;
}

const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

export function money(cents) {
  return euros.format(cents / 100);
}

let hiding;

/** A short sentence at the bottom of the window. */
export function notify(sentence) {
  const notice = document.getElementById('notice');
  notice.textContent = sentence;
  notice.classList.add('shown');
  clearTimeout(hiding);
  hiding = setTimeout(() => notice.classList.remove('shown'), 2500);
}
