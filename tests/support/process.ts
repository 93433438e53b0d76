/** Child processes: started until they say where they listen, watched, and ended by their own id. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'

const DOOR = path.resolve(import.meta.dirname, '../../server/cli/recoup.mjs')

export interface Running {
  readonly url: string
  readonly pid: number
  /** What it printed so far. */
  said(): string
  /** Sends a signal and waits for the end; gives the exit code, null after a kill. */
  end(signal?: NodeJS.Signals): Promise<number | null>
  /** The end, whoever brought it. */
  readonly ended: Promise<number | null>
}

/** Starts a command and waits until it prints an address. Throws with its words when it ends before. */
export async function startProcess(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (found) resolve(found[0])
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void ended.then((code) => reject(new Error(`It ended with ${code}:\n${said}`)))
  })
  return { url, pid: child.pid ?? 0, said: () => said, end: (signal = 'SIGTERM') => endOf(child, signal, ended), ended }
}

async function endOf(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<number | null>): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
  const code = await ended
  clearTimeout(timer)
  return code
}

/** `recoup serve` over a data folder, on a free port. */
export const startRecoup = (data: string, env: Readonly<Record<string, string>> = {}): Promise<Running> =>
  startProcess(process.execPath, ['--max-semi-space-size=4', DOOR, 'serve'], { RECOUP_DATA: data, PORT: '0', HOST: '127.0.0.1', ...env })

/** The most memory a process ever held, MB. Linux only. */
export function peakMemory(pid: number): number {
  const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1]) / 1024
}

/** How long the processors worked for a process so far, in seconds. Linux only: its clock has a hundred ticks to a second. */
export function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
