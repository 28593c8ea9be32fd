// The list of all products, by category and in the order the visitor likes.
import { api } from '../api.js';
import { card } from '../card.js';
import { element } from '../dom.js';

const orders = {
  shelf: ['As on the shelf', (a, b) => a.id - b.id],
  cheap: ['Cheapest first', (a, b) => a.price_cents - b.price_cents],
  name: ['By name', (a, b) => a.name.localeCompare(b.name)],
};

export async function list({ search, go }) {
  const all = await api.products();
  const category = search.get('category');
  const categories = [...new Set(all.map((product) => product.category))];
  const chosen = all.filter((product) => !category || product.category === category);
  const grid = element('div', { class: 'grid' }, chosen.map(card));

  const pick = element(
    'select',
    {
      'aria-label': 'Order',
      'data-limen-name': 'order of the list',
      change: () => grid.replaceChildren(...[...chosen].sort(orders[pick.value][1]).map(card)),
    },
    Object.entries(orders).map(([value, [label]]) => element('option', { value }, label)),
  );
  const chip = (label, value) =>
    element(
      'button',
      {
        class: 'chip',
        'aria-pressed': String((category ?? '') === value),
        'data-limen-name': `category ${value || 'all'}`,
        click: () => go(value ? `/list?category=${value}` : '/list'),
      },
      label,
    );
  return element(
    'section',
    { class: 'shelf' },
    element('h1', {}, category ? category[0].toUpperCase() + category.slice(1) : 'All things'),
    element(
      'div',
      { class: 'tools' },
      chip('All', ''),
      categories.map((name) => chip(name, name)),
      pick,
    ),
    grid,
  );
}
