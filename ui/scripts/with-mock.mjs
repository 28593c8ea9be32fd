// Runs the mock on a free port and Vite in front of it, for work on the UI without a server.
import { spawn } from 'node:child_process';
import { createMock } from '../mock/server.js';

const mock = createMock();
mock.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${mock.address().port}`;
  console.log(`mock of the Limen API on ${address}; switch with ${address}/mock/state?set=hostile`);
  const vite = spawn('npx', ['vite', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, LIMEN_URL: address },
  });
  vite.on('exit', (code) => process.exit(code ?? 0));
});
