/**
 * Plays histories of the real client and the real server over a network that cannot be trusted.
 *
 *     npm run simulate -- --seeds 1..2000        names the first seed whose promises did not hold, with its trace
 *     npm run simulate -- --seeds 77             one history, with its trace
 *     npm run simulate -- --seeds 1000000001..1000000200   histories in which roles are limited to sections as well
 *     npm run simulate -- --seeds 2000000001..2000000200   histories in which people set PINs, and tablets go from hand to hand
 *     npm run simulate -- --planted              searches each planted bug from seed 1 on, until a history finds it
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { PLANTED } from './planted.ts'
import { type Asked, crew } from './world/crew.ts'
import { play } from './world/history.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    steps: { type: 'string' },
    planted: { type: 'boolean', default: false },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
})
const [first = 1, last = first] = (values.seeds ?? (values.planted ? '1..2000' : '1..100')).split('..').map(Number)
const steps = values.steps === undefined ? undefined : Number(values.steps)
const threads = Number(values.threads)
if (!(first >= 0 && last >= first) || (steps !== undefined && !(steps > 0)) || !(threads > 0)) {
  console.error('Give seeds as 1..500; steps and threads as numbers.')
  process.exit(2)
}
/** Histories a thread plays before it says how it went. */
const HANDFUL = 20
const began = performance.now()
const seconds = (): number => (performance.now() - began) / 1000

if (values.planted) await searchPlanted()
else if (first === last) await tellOne()
else await playAll()

async function tellOne(): Promise<void> {
  const { trace, hash, broken } = await play(first, steps)
  console.log(`${trace.join('\n')}\ntrace ${hash}: ${broken?.what ?? 'every promise held'}`)
  if (broken) process.exitCode = 1
}

async function playAll(): Promise<void> {
  const list: Asked[] = []
  for (let from = first; from <= last; from += HANDFUL)
    list.push({ from, until: Math.min(last + 1, from + HANDFUL), steps, bug: undefined })
  let [played, events, said] = [0, 0, 0]
  await crew(threads, list, (told) => {
    played += told.played
    events += told.events
    const { broken } = told
    if (broken) {
      console.log(broken.trace.join('\n'))
      console.log(`\nseed ${broken.seed}, ${broken.steps} steps, trace ${broken.hash}: ${broken.broken?.what}`)
      console.log(`Again: npm run simulate -- --seeds ${broken.seed}${steps === undefined ? '' : ` --steps ${steps}`}`)
      process.exitCode = 1
      return true
    }
    if (seconds() - said >= 10 || played === last - first + 1) {
      said = seconds()
      console.log(`${played} histories, ${events} events, every promise held; ${(played / said).toFixed(1)} a second`)
    }
    return false
  })
}

async function searchPlanted(): Promise<void> {
  const list = PLANTED.map((_bug, bug): Asked => ({ from: first, until: last + 1, steps, bug }))
  let missed = 0
  await crew(threads, list, ({ asked, played, broken }) => {
    if (!broken) missed++
    const seed = broken ? `seed ${String(broken.seed).padStart(4)}` : `not in ${played}`
    console.log(`${seed}  ${PLANTED[asked.bug ?? 0]?.name}: ${broken?.broken?.what.split('\n')[0]?.slice(0, 90) ?? 'MISSED'}`)
    return false
  })
  console.log(`${PLANTED.length - missed} of ${PLANTED.length} planted bugs were found, in ${seconds().toFixed(0)} s`)
  if (missed > 0) process.exitCode = 1
}
