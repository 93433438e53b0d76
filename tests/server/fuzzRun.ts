/** `npm run fuzz [-- --requests 100000 --seed 1]`: the requests of `fuzz.test.ts`, as many as wanted, on districts made anew every ten thousand. */
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

const { values } = parseArgs({ options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } } })
process.env.FUZZ_REQUESTS = values.requests
process.env.FUZZ_SEED = values.seed
const vitest = await startVitest('test', ['tests/server/fuzz.test.ts'], { run: true, watch: false, reporters: ['verbose'] })
await vitest.close()
