/**
 * `npm run tamper [-- --clean 10000 --every 1 --part 1/1]`: falsifies a log of two hundred events in every way there is here, every byte of it one
 * by one, and reads thousands of honest ones. Several parts share the work, one for each core. Ends with 1 when a falsification was not found, or
 * an honest log blamed.
 */
import { parseArgs } from 'node:util'
import { verifyLog } from '../../server/log/verify.ts'
import { evidenceLog } from '../support/evidenceLog.ts'
import { random } from '../support/random.ts'
import { afterTampering, alteredBytes, deletions, insertions, others, swaps, truncations, withoutTriggers } from '../support/tamper.ts'

const { values } = parseArgs({
  options: {
    clean: { type: 'string', default: '10000' },
    every: { type: 'string', default: '1' },
    part: { type: 'string', default: '1/1' },
  },
})
const [part = 1, parts = 1] = values.part.split('/').map(Number)
const isMine = (n: number): boolean => n % parts === part - 1
const TELL_EVERY = 10_000
let wrong = 0

const log = await evidenceLog(7, 200)
const { db } = log.context.log
const kept = log.context.checkpoints.kept(1)
const key = log.context.receiptKey.publicKey
withoutTriggers(db)
const ways = {
  deletions: deletions(db),
  insertions: insertions(db),
  swaps: swaps(db, random(2)),
  truncations: truncations(db),
  others: others(db),
  'altered bytes': alteredBytes(db, random(1), true),
}
for (const [name, all] of Object.entries(ways)) {
  let [tried, found] = [0, 0]
  let n = 0
  const step = name === 'altered bytes' ? Number(values.every) : 1
  for (const way of all) {
    if (n++ % step !== 0 || !isMine(Math.floor((n - 1) / step))) continue
    tried += 1
    if (afterTampering(log.context.log, key, way, kept).length > 0) found += 1
    else console.log(`not found: ${way.name}`)
    if (tried % TELL_EVERY === 0) console.log(`${name}: ${found} of ${tried} found so far`)
  }
  console.log(`${name}: ${found} of ${tried} found`)
  wrong += tried - found
}
log.close()

let [blamed, read] = [0, 0]
for (let seed = 1; seed <= Number(values.clean); seed++) {
  if (!isMine(seed)) continue
  const one = await evidenceLog(seed, 40)
  const { findings } = verifyLog(one.context.log, one.context.receiptKey.publicKey, one.context.checkpoints.kept(9))
  read += 1
  if (findings.length > 0) {
    blamed += 1
    console.log(`seed ${seed} blamed: ${JSON.stringify(findings[0])}`)
  }
  one.close()
}
console.log(`honest logs: ${blamed} of ${read} blamed`)
process.exitCode = wrong + blamed > 0 ? 1 : 0
