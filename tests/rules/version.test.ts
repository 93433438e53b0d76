import { expect, test } from 'vitest'
import { RULES_VERSION } from '../../shared/rules/version.ts'
import { judgeChunks } from '../support/judgeHistories.ts'

/** Every total, explanation, credit and warning of these histories, by the rules of that name. */
const SIGNED = { version: 'california-ar 2', histories: 500, digest: 'd591ecaa0a582bdd56958af0cd786238166beffa4f555b825cf045c8dbcdd482' }

test('Rules that answer otherwise have another name: whoever compares totals can say by which rules they were made', () => {
  const [judged] = judgeChunks(SIGNED.histories)
  expect({ version: RULES_VERSION, digest: judged?.digest }).toEqual({ version: SIGNED.version, digest: SIGNED.digest })
})
