/** Milliseconds in which this process was let run: what it was stopped for (SIGSTOP, on a machine that measures something else) is no hang of ours. */

const BEAT_MS = 100
let stopped = 0
let beat = performance.now()
setInterval(() => (beat = performance.now()), BEAT_MS).unref()
process.on('SIGCONT', () => {
  const now = performance.now()
  stopped += Math.max(0, now - beat - BEAT_MS)
  beat = now
})

export const running = (): number => performance.now() - stopped
