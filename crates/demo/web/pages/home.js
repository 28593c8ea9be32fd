// The home page: the hero that came with the document, and a shelf below it.
import { api } from '../api.js';
import { card } from '../card.js';
import { element } from '../dom.js';

export async function home({ first }) {
  // Kept as it is: drawing it anew would paint the largest thing of the page twice.
  const hero = document.getElementById('hero') ?? drawHero(first?.featured);
  const products = await api.products();
  const shelf = products.filter((product) => product.id % 8 === 5).slice(0, 8);
  const content = document.createDocumentFragment();
  content.append(hero, element('section', { class: 'shelf' }, element('h2', {}, 'Chosen this week'), grid(shelf)));
  return content;
}

function grid(products) {
  return element('div', { class: 'grid' }, products.map(card));
}

function drawHero(featured) {
  const target = featured ? `/product/${featured.id}` : '/list';
  return element(
    'section',
    { class: 'hero', id: 'hero' },
    element('img', { src: '/assets/hero.jpg', width: 1600, height: 720, alt: 'A rocky coast at first light' }),
    element(
      'div',
      {},
      element('p', { class: 'kicker' }, 'New for the wet half of the year'),
      element('h1', {}, 'Made for weather that changes its mind'),
      element(
        'p',
        {},
        element('a', { class: 'button', href: target, 'data-limen-name': 'hero product' }, 'See what is new'),
      ),
    ),
  );
}
