// One product: picture, price where the visitor is, sizes, and the way into the cart.
import { api, countCart } from '../api.js';
import { element, money, notify } from '../dom.js';
import { sizeRows } from '../size_guide.js';

export async function product({ id }) {
  const offer = await api.product(id);
  const gross = offer.quote.subtotal_cents + offer.quote.tax_cents;
  const add = element(
    'button',
    { class: 'button', click: () => putIntoCart(offer, add), 'data-limen-name': 'add to cart' },
    'Add to cart',
  );
  const guide = element(
    'button',
    { class: 'quiet', click: () => showSizes(offer), 'data-limen-name': 'size guide' },
    'Size guide',
  );
  return element(
    'section',
    { class: 'product' },
    element('img', { src: `/pictures/${offer.id}.svg`, width: 560, height: 560, alt: offer.name }),
    element(
      'div',
      {},
      element('p', { class: 'kicker' }, offer.category),
      element('h1', {}, offer.name),
      element('p', { class: 'price' }, money(gross), element('small', {}, ' with tax')),
      element('p', {}, offer.description),
      element('p', { class: 'facts' }, `Colour: ${offer.colour}. Fit: ${offer.fit}. ${offer.available} in stock.`),
      element('p', { class: 'actions' }, add, guide),
    ),
  );
}

async function putIntoCart(offer, button) {
  button.disabled = true;
  try {
    await api.add(offer.id, 1);
    notify(`${offer.name} is in your cart`);
    await countCart();
  } finally {
    button.disabled = false;
  }
}

function showSizes(offer) {
  const { title, rows } = sizeRows(offer.fit);
  const dialog = element(
    'dialog',
    { close: () => dialog.remove() },
    element('h2', {}, title),
    element(
      'table',
      {},
      rows.map(([size, measure]) => element('tr', {}, element('th', {}, size), element('td', {}, measure))),
    ),
    element('button', { class: 'button', click: () => dialog.close(), 'data-limen-name': 'close size guide' }, 'Close'),
  );
  document.body.append(dialog);
  dialog.showModal();
}
