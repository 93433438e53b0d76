/**
 * Makes every thread of a browser's pages slower, workers too, which the browser's own throttle leaves at full speed: they are let run a quarter of
 * the time.
 */
import { execFileSync } from 'node:child_process'

const RUN_MS = 8

/** @param profile of the browser; @param rate how many times slower. What is given ends it. */
export function slower(profile: string, rate = 4): () => void {
  const pids = renderersOf(profile)
  if (pids.length === 0) throw new Error('There is no page to slow down')
  const tell = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
    for (const pid of pids)
      try {
        process.kill(pid, signal)
      } catch {
        // A page that has gone needs no slowing.
      }
  }
  let timer: NodeJS.Timeout
  const run = (): void => {
    tell('SIGCONT')
    timer = setTimeout(stop, RUN_MS)
  }
  const stop = (): void => {
    tell('SIGSTOP')
    timer = setTimeout(run, RUN_MS * (rate - 1))
  }
  stop()
  return () => {
    clearTimeout(timer)
    tell('SIGCONT')
  }
}

interface Process {
  readonly pid: number
  readonly parent: number
  readonly text: string
}

function renderersOf(profile: string): number[] {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 16 << 20 })
    .split('\n')
    .flatMap((line): Process[] => {
      const [, pid, parent, text = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
      return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), text }]
    })
  const byPid = new Map(all.map((one) => [one.pid, one]))
  const isOf = (one: Process | undefined): boolean => one !== undefined && (one.text.includes(profile) || isOf(byPid.get(one.parent)))
  return all.filter((one) => one.text.includes('--type=renderer') && isOf(one)).map(({ pid }) => pid)
}
