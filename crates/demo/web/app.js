// Starts the page and moves between its routes without loading the document again.
import { countCart } from './api.js';
import { element } from './dom.js';
import { cart } from './pages/cart.js';
import { checkout } from './pages/checkout.js';
import { confirmation } from './pages/confirmation.js';
import { home } from './pages/home.js';
import { list } from './pages/list.js';
import { product } from './pages/product.js';

const routes = [
  [/^\/$/, home],
  [/^\/list$/, list],
  [/^\/product\/([^/]+)$/, product],
  [/^\/cart$/, cart],
  [/^\/checkout$/, checkout],
  [/^\/confirmation\/([^/]+)$/, confirmation],
];

const page = document.getElementById('page');
// What came with the document is used once; later visits to the same route ask again.
let first = JSON.parse(document.getElementById('first').textContent || 'null');
let showing = 0;

async function show() {
  const turn = ++showing;
  const { pathname, searchParams } = new URL(location.href);
  const [, render, parts] =
    routes.map(([pattern, render]) => [pattern, render, pathname.match(pattern)]).find(([, , parts]) => parts) ?? [];
  const given = first;
  first = null;
  try {
    const content = render
      ? await render({ id: parts[1], search: searchParams, first: given, go })
      : element('section', { class: 'narrow' }, element('h1', {}, 'There is nothing here'));
    // A visitor who has moved on meanwhile is not pulled back.
    if (turn !== showing) return;
    page.replaceChildren(content);
  } catch (error) {
    if (turn !== showing) return;
    page.replaceChildren(sorry(error));
    throw error;
  }
  document.title = `${page.querySelector('h1')?.textContent ?? 'Shop'} - Skerry & Haar`;
}

function sorry(error) {
  return element(
    'section',
    { class: 'narrow' },
    element('h1', {}, 'That did not work'),
    element('p', {}, error.message),
    element('button', { class: 'button', click: show, 'data-limen-name': 'try again' }, 'Try again'),
  );
}

export function go(path) {
  history.pushState(null, '', path);
  scrollTo(0, 0);
  show();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.("a[href^='/']");
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute('href'));
});

addEventListener('popstate', show);
show();
countCart();
