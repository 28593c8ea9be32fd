// The pages of the shop in Vue: a list, a product, one that fails to render.
import { defineComponent, h, inject } from 'vue';
import { routeLocationKey, RouterLink } from 'vue-router';

const link = (id, to, text) => h(RouterLink, { id, to }, () => text);

export const Home = defineComponent({
  name: 'HomePage',
  setup: () => () => [
    h('h1', 'Home'),
    h(
      'ul',
      [1, 2, 3].map((id) => h('li', { key: id }, link(`product-${id}`, `/product/${id}`, `Product ${id}`))),
    ),
    link('broken', '/broken', 'Broken'),
    link('old', '/old', 'Old'),
    link('about', '/about', 'About'),
    link('shelf', '/shelf/books/7', 'Shelf'),
    link('nowhere', '/nowhere/at/all', 'Nowhere'),
    h(
      'button',
      {
        id: 'throw',
        onClick() {
          throw new RangeError('the click failed');
        },
      },
      'Throw',
    ),
  ],
});

export const Product = defineComponent({
  name: 'ProductPage',
  setup() {
    const route = inject(routeLocationKey);
    return () => [h('h1', `Product ${route.params.id}`), link('home', '/', 'Home')];
  },
});

export const Shelf = defineComponent({ name: 'ShelfPage', setup: () => () => h('h1', 'Shelf') });

export const Missing = defineComponent({ name: 'MissingPage', setup: () => () => h('h1', 'Missing') });

/** Named by its file alone, as components of single files are. */
export const Broken = defineComponent({
  __name: 'BrokenPage',
  setup: () => () => {
    throw new TypeError('the page failed to render');
  },
});
