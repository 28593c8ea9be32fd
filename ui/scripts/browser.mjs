// Starts a headless Chromium and a mock that serves the build, for pictures and checks.
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openMock() {
  process.env.LIMEN_MOCK_FILES ??= fileURLToPath(new URL('../dist', import.meta.url));
  const { createMock } = await import('../mock/server.js');
  const mock = createMock();
  await new Promise((done) => mock.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${mock.address().port}`;
  return {
    address,
    become: (state) => fetch(`${address}/mock/state?set=${state}`),
    ask: async (path) => (await fetch(`${address}/api/v1/${path}`)).json(),
    close: () => {
      mock.closeAllConnections();
      mock.close();
    },
  };
}

export function openBrowser() {
  return chromium.launch({ executablePath: process.env.LIMEN_CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}
