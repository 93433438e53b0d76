/** How long something took while this process was let run: what it was stopped for (SIGSTOP, on a machine that measures something else) is no hang of ours. */
import { setTimeout } from 'node:timers/promises'

const BEAT_MS = 100
/** A beat later than this, for which the processor did nothing, was a stop. */
const LATE_MS = 1_000
let stopped = 0
let beat = performance.now()
let used = process.cpuUsage()
setInterval(() => {
  const { user, system } = process.cpuUsage(used)
  const late = performance.now() - beat - BEAT_MS - (user + system) / 1000
  if (late > LATE_MS) stopped += late
  beat = performance.now()
  used = process.cpuUsage()
}, BEAT_MS).unref()

/** Begins to measure; what is given says how many milliseconds it was, without the stops. */
export function stopwatch(): () => Promise<number> {
  const [began, before] = [performance.now(), stopped]
  return async () => {
    const ms = performance.now() - began
    if (ms < LATE_MS) return ms
    // The beat that notices a stop may come after the answer.
    await setTimeout(3 * BEAT_MS)
    return Math.max(0, ms - (stopped - before))
  }
}
