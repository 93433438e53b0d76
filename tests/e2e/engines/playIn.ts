/** Plays a tablet's hard days in an engine that may not be there: then it says so, and fails only where everything must be there. */
import { test } from 'vitest'
import { aTabletIn } from './aTabletIn.ts'
import type { Engine } from './engine.ts'

const HOW = 'apt-get install --no-install-recommends firefox-esr webkit2gtk-driver xvfb gjs gir1.2-webkit2-4.1'

export function playIn(engine: Engine): void {
  const missing = engine.missing()
  if (missing === undefined) return aTabletIn(engine)
  test(`${engine.name} was not tried: ${missing} (${HOW})`, ({ skip }) => {
    if (process.env.CI) throw new Error(`${missing}. ${HOW}`)
    skip()
  })
}
