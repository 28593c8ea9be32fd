// A product as it lies on a shelf.
import { element, money } from './dom.js';

export function card(product) {
  return element(
    'a',
    { class: 'card', href: `/product/${product.id}`, 'data-limen-name': 'product card' },
    element('img', { src: `/pictures/${product.id}.svg`, width: 400, height: 400, alt: '', loading: 'lazy' }),
    element('span', { class: 'name' }, product.name),
    element('span', { class: 'price' }, money(product.price_cents)),
  );
}
