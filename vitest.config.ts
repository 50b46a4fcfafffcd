// Unit tests stand beside what they test; the browser journeys in e2e/ belong to Playwright.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{sandbox-server,components,docs,scripts,bench,audit}/**/*.test.ts'],
    environment: 'node',
    // For commands that a test starts: on a busy machine too their scripts come to an end.
    env: { SCRIPT_DEADLINE_MS: '2000', SCRIPT_WALL_MS: '20000' },
    // A machine that does other things at once must not make the run red: whoever waits for what comes may wait long, and is done at once where it is there.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
