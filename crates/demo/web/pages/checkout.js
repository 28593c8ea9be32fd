// The checkout: where to send it, and the button that buys it.
import { api, countCart } from '../api.js';
import { element, notify } from '../dom.js';
import { totals } from './cart.js';

export async function checkout({ go }) {
  const { quote } = await api.cart();
  if (!quote) {
    return element(
      'section',
      { class: 'narrow' },
      element('h1', {}, 'Nothing to buy yet'),
      element('a', { href: '/list' }, 'Look around'),
    );
  }
  const field = (name, label) =>
    element('label', {}, label, element('input', { name, required: true, maxlength: 120, autocomplete: 'off' }));
  const button = element('button', { class: 'button wide', 'data-limen-name': 'place order' }, 'Place the order');
  const form = element(
    'form',
    { submit: (event) => buy(event, form, button, go) },
    field('name', 'Name'),
    field('address', 'Address'),
    totals(quote),
    button,
  );
  return element('section', { class: 'narrow' }, element('h1', {}, 'Checkout'), form);
}

async function buy(event, form, button, go) {
  event.preventDefault();
  button.disabled = true;
  try {
    const { name, address } = Object.fromEntries(new FormData(form));
    const order = await api.checkout({ name, address });
    go(`/confirmation/${order.id}`);
    countCart();
  } catch (error) {
    notify(error.message);
    button.disabled = false;
  }
}
