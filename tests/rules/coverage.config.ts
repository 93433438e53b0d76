import path from 'node:path'
import { defineConfig } from 'vitest/config'

/** `npm run coverage`: every branch of the rules, and of what feeds them, is walked by a test that says what it is for. */
export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '../..'),
    include: ['tests/{rules,attendance,report}/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    coverage: {
      enabled: true,
      provider: 'v8',
      include: ['shared/rules/**', 'shared/attendance/**'],
      reporter: ['text', 'json'],
      reportsDirectory: 'node_modules/.cache/coverage',
      thresholds: { branches: 100, functions: 100, lines: 100, statements: 100 },
    },
  },
})
