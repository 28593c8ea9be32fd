// The cart: what is in it, what it comes to, and the way to the checkout.
import { api, countCart } from '../api.js';
import { element, money } from '../dom.js';

export async function cart({ go }) {
  const { lines, quote } = await api.cart();
  if (lines.length === 0) {
    return element(
      'section',
      { class: 'narrow' },
      element('h1', {}, 'Your cart is empty'),
      element(
        'p',
        {},
        element('a', { class: 'button', href: '/list', 'data-limen-name': 'look around' }, 'Look around'),
      ),
    );
  }
  const remove = async (line) => {
    await api.remove(line.product);
    countCart();
    go('/cart');
  };
  return element(
    'section',
    { class: 'narrow' },
    element('h1', {}, 'Your cart'),
    element(
      'ul',
      { class: 'lines' },
      lines.map((line, place) => row(line, quote.lines[place], remove)),
    ),
    totals(quote),
    element(
      'button',
      { class: 'button wide', click: () => go('/checkout'), 'data-limen-name': 'to checkout' },
      'To the checkout',
    ),
  );
}

function row(line, priced, remove) {
  return element(
    'li',
    {},
    element('img', { src: `/pictures/${line.product}.svg`, width: 72, height: 72, alt: '' }),
    element('a', { href: `/product/${line.product}` }, line.name),
    element('span', {}, `${line.quantity} ×`),
    element('span', { class: 'price' }, money(priced.line_cents)),
    element('button', { class: 'quiet', click: () => remove(line), 'data-limen-name': 'remove from cart' }, 'Remove'),
  );
}

export function totals(quote) {
  const line = (name, cents) => [element('dt', {}, name), element('dd', {}, money(cents))];
  return element(
    'dl',
    { class: 'totals' },
    line('Products', quote.subtotal_cents),
    line('Tax', quote.tax_cents),
    line('Shipping', quote.shipping_cents),
    line('Total', quote.total_cents),
  );
}
