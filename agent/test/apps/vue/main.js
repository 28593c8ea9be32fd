// The shop in Vue: with the plugin of the agent, or without it with `?bare` in the URL.
import { limenVue } from '@limen/agent/vue';
import { createApp, defineComponent, h } from 'vue';
import { createRouter, createWebHistory, RouterView } from 'vue-router';
import { Broken, Home, Missing, Product, Shelf } from './pages.js';

const asked = new URLSearchParams(location.search);

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: Home },
    { path: '/product/:id(\\d+)', component: Product },
    { path: '/broken', component: Broken },
    { path: '/old', redirect: '/product/9' },
    { path: '/about', component: () => import('./lazy.js') },
    { path: '/shelf', component: RouterView, children: [{ path: ':category/:id', component: Shelf }] },
    { path: '/:rest(.*)*', component: Missing },
  ],
});

const app = createApp(defineComponent({ name: 'ShopApp', setup: () => () => h('main', h(RouterView)) }));
if (asked.has('own')) {
  globalThis.ownHandler = [];
  app.config.errorHandler = (error, _instance, info) => globalThis.ownHandler.push(`${error.message}, ${info}`);
}
app.use(router);
if (!asked.has('bare')) app.use(limenVue({ router }));
app.mount('#root');
