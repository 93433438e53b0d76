import { defineConfig } from 'vitest/config'

/** The people's scenarios: one browser and one server at a time, each file on an empty district of its own. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    retry: 0,
  },
})
