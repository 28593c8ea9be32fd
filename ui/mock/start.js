// Starts the mock on LIMEN_MOCK_PORT (4600 unless told).
import { createMock } from './server.js';

const port = Number(process.env.LIMEN_MOCK_PORT ?? 4600);
createMock().listen(port, '127.0.0.1', () => console.log(`mock of the Limen API on http://127.0.0.1:${port}`));
