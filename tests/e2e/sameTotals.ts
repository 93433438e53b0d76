/** `npm run same -- --histories 100000`: judges as many histories as asked for in every zone, in Node and in Chromium, and compares. */
import { parseArgs } from 'node:util'
import { totalsEverywhere } from '../support/sameTotals.ts'

const { values } = parseArgs({ options: { histories: { type: 'string', default: '2000' } } })
const places = await totalsEverywhere(Number(values.histories))
const [first] = places
let differing = 0
for (const { where, judged, seconds } of places) {
  const chunk = judged.findIndex(({ digest }, i) => digest !== first?.judged[i]?.digest)
  if (chunk >= 0) differing++
  console.log(
    `${where.padEnd(28)} ${seconds.toFixed(0).padStart(5)} s  ${chunk < 0 ? 'the same' : `differs in the ${chunk + 1}. thousand`}`,
  )
}
const days = first?.judged.reduce((sum, { earnedDays }) => sum + earnedDays, 0)
console.log(
  `${values.histories} histories, ${days} days earned, ${differing === 0 ? 'one answer everywhere' : `${differing} places differ`}`,
)
process.exitCode = differing === 0 ? 0 : 1
