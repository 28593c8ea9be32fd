// The confirmation of an order.
import { api } from '../api.js';
import { element, money } from '../dom.js';

export async function confirmation({ id }) {
  const order = await api.order(id);
  return element(
    'section',
    { class: 'narrow thanks' },
    element('p', { class: 'tick', 'aria-hidden': 'true' }, '✓'),
    element('h1', {}, 'Thank you'),
    element(
      'p',
      {},
      `Order ${order.id}: ${order.items} ${order.items === 1 ? 'thing' : 'things'} for ${money(order.total_cents)}.`,
    ),
    element('p', { class: 'facts' }, `Packed in ${order.region}.`),
    element('p', {}, element('a', { class: 'button', href: '/', 'data-limen-name': 'shop on' }, 'Shop on')),
  );
}
