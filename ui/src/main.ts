// Starts the UI: fonts, styles, and the frame that shows the page of the current address.
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import 'uplot/dist/uPlot.min.css';
import './styles/index.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { applyTheme } from './state/theme.svelte';

applyTheme();

const target = document.getElementById('app');
if (target) mount(App, { target });
