// Unit tests run in Node without a DOM; what needs a browser is tested in one (test/).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { AGENT_VERSION: JSON.stringify('0.0.0-test') },
  test: { include: ['src/**/*.test.ts'] },
});
