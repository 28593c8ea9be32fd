// A page that is loaded when its route is asked for.
import { defineComponent, h } from 'vue';

export default defineComponent({ name: 'AboutPage', setup: () => () => h('h1', 'About') });
