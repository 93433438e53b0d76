/**
 * `npm run simulate -- --seeds 1..500 [--steps 120]`: plays histories of the real client and the real server over a network that cannot
 * be trusted, and names the first seed whose promises did not hold, with its trace.
 */
import { parseArgs } from 'node:util'
import { play } from './world/history.ts'

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '1..100' }, steps: { type: 'string' } } })
const [first = 1, last = first] = values.seeds.split('..').map(Number)
const steps = values.steps === undefined ? undefined : Number(values.steps)
if (!(first >= 0 && last >= first) || (steps !== undefined && !(steps > 0))) {
  console.error('Give seeds as 1..500 and steps as a number.')
  process.exit(2)
}

const began = performance.now()
let played = 0
let events = 0
for (let seed = first; seed <= last; seed++) {
  const outcome = await play(seed, steps)
  played++
  events += outcome.events
  if (outcome.broken) {
    console.log(outcome.trace.join('\n'))
    console.log(`\nseed ${seed}, ${outcome.steps} steps, trace ${outcome.hash}: ${outcome.broken.what}`)
    console.log(`Again: npm run simulate -- --seeds ${seed}${steps === undefined ? '' : ` --steps ${steps}`}`)
    process.exit(1)
  }
  const seconds = (performance.now() - began) / 1000
  if (first === last) console.log(outcome.trace.join('\n'))
  if (played % 10 === 0 || seed === last)
    console.log(`seed ${seed}  trace ${outcome.hash}  ${played} histories, ${events} events, ${(played / seconds).toFixed(1)} a second`)
}
