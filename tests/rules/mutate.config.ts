import path from 'node:path'
import { defineConfig } from 'vitest/config'

/** `npm run mutate` breaks the rules on purpose, one place at a time; these are the tests that should notice. */
export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '../..'),
    include: ['tests/{rules,attendance}/**/*.test.ts', 'tests/report/{padc,planner,stas}.test.ts'],
    // They read code as text, which is not the same while it is being broken.
    exclude: ['tests/rules/rulebook.test.ts', 'tests/rules/badScenarios.test.ts'],
    setupFiles: [path.resolve(import.meta.dirname, 'fewerRuns.ts')],
    environment: 'node',
    testTimeout: 30_000,
  },
})
