/** `npm run fuzz [-- --requests 1000000 --seed 1]`: the requests of `npm test`, as many as wanted, on a district made anew every 25,000. */
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

const { values } = parseArgs({ options: { requests: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } } })
process.env.FUZZ_REQUESTS = values.requests
process.env.FUZZ_SEED = values.seed
const vitest = await startVitest('test', ['tests/server/fuzz'], { run: true, watch: false, reporters: ['verbose'] })
await vitest.close()
