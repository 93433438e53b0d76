import { defineConfig } from 'vitest/config'

/** The engines side by side, each with a district of its own. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.engine.ts'],
    environment: 'node',
    testTimeout: 180_000,
    hookTimeout: 120_000,
    bail: 0,
    sequence: { concurrent: false },
  },
})
