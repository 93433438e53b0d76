/** The real server, started the way a district starts it: as a process of its own, over a data folder of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '../..')
const door = path.join(root, 'server/cli/recoup.mjs')

type Environment = Readonly<Record<string, string>>

export interface District {
  readonly url: string
  readonly data: string
  /** `recoup ...args` over this district's data; gives what it printed. */
  recoup(...args: string[]): Promise<string>
  /** `more` is environment of this start alone. */
  start(more?: Readonly<Record<string, string>>): Promise<void>
  /** The plug pulled: SIGKILL. */
  kill(): Promise<void>
  /** Ends the server and takes its data with it. */
  close(): Promise<void>
}

/** A district with nothing in it and its server not yet started; every start answers at the same address, which some settings need to know. */
export async function openDistrict(environment: Environment | ((url: string) => Promise<Environment>) = {}): Promise<District> {
  const data = mkdtempSync(path.join(tmpdir(), 'recoup-data-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const more = typeof environment === 'function' ? await environment(url) : environment
  const env = { ...process.env, ...more, RECOUP_DATA: data, PORT: String(port), HOST: '127.0.0.1', CI: '1' }
  let child: ChildProcess | undefined
  const kill = async () => {
    const running = child
    child = undefined
    if (running === undefined || running.exitCode !== null) return
    const gone = once(running, 'exit')
    running.kill('SIGKILL')
    await gone
  }
  return {
    url,
    data,
    async recoup(...args) {
      const { stdout } = await run(process.execPath, [door, ...args], { env, cwd: root, maxBuffer: 64 << 20 })
      return stdout
    },
    async start(more = {}) {
      const started = spawn(process.execPath, [door, 'serve'], { env: { ...env, ...more }, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
      child = started
      let said = ''
      started.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
      started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
      await until(async () => {
        if (started.exitCode !== null) throw new Error(`The server ended with ${started.exitCode}:\n${said}`)
        return (await fetch(`${url}/api/health`).catch(() => undefined))?.ok === true
      })
    },
    kill,
    async close() {
      await kill()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** Waits until `holds` gives true, at most `most` milliseconds. */
export async function until(holds: () => Promise<boolean>, most = 30_000): Promise<void> {
  const end = Date.now() + most
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${most / 1000} s in vain`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A port nobody listens on now. The server must come back at the same address after it was killed, so 0 will not do. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  const port = typeof address === 'object' && address ? address.port : 0
  probe.close()
  await once(probe, 'close')
  return port
}
