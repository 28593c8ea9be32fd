// How the UI is built and served while developing: hashed assets, pre-compressed copies, the API behind a proxy.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.js';
import { world } from './build/world.js';

const server = process.env.LIMEN_URL ?? 'http://127.0.0.1:4600';

export default defineConfig({
  plugins: [svelte(), world(), precompress()],
  server: { host: '127.0.0.1', proxy: { '/api': server, '/mock': server, '/limen.js': server } },
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  test: { include: ['src/**/*.test.ts', 'mock/**/*.test.js', 'build/**/*.test.js'], environment: 'node' },
});
