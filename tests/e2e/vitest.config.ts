import { defineConfig } from 'vitest/config'

/** The people's scenarios: each file on an empty district and in browsers of its own, two files side by side. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    retry: 0,
  },
})
