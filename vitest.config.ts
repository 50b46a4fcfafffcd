// Unit tests stand beside what they test; the browser journeys in e2e/ belong to Playwright.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{sandbox-server,components,docs,scripts,bench,audit}/**/*.test.ts'],
    environment: 'node',
    testTimeout: 10_000,
  },
});
