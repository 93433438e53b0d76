/** The server's own thread tidies up when there is a pause: memory that nobody uses any more would otherwise stay taken for hours. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** As much as must have come together, in bytes: less is not worth the twentieth of a second that it takes. */
const WORTH = 16 * 1_048_576

/** Gives what is to be called in a pause; it does nothing when little has come together since it last did something. */
export function openTidy(used: () => number = () => process.memoryUsage().heapUsed): () => void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  let left = used()
  return () => {
    if (used() - left < WORTH) return
    collect()
    left = used()
  }
}
