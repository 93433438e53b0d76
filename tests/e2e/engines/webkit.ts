/** WebKitGTK as Debian packs it: the engine of Safari with another house around it. Spoken to by W3C WebDriver (w3.org/TR/webdriver2). */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { until } from '../../support/server.ts'
import type { Browser, Engine } from './engine.ts'
import { within } from './engine.ts'
import { type Ask, openTab } from './webdriver.ts'

const WINDOW = path.join(import.meta.dirname, 'webkitWindow.js')
const TOOLS = ['WebKitWebDriver', 'gjs', 'Xvfb']

/** A screen that nobody sees: this engine draws on one. */
async function openScreen(): Promise<{ display: string; process: ChildProcess }> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1400x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const said = new Promise<string>((resolve, reject) => {
    screen.stdio[3]?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
    screen.once('exit', () => reject(new Error('Xvfb ended')))
  })
  return { display: `:${await within(20_000, 'Xvfb', said)}`, process: screen }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

async function open(profile: string, room?: number): Promise<Browser> {
  mkdirSync(profile, { recursive: true })
  const screen = await openScreen()
  const port = await freePort()
  const env = {
    ...process.env,
    DISPLAY: screen.display,
    HOME: profile,
    GDK_BACKEND: 'x11',
    // There is no graphics card to ask.
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    NO_AT_BRIDGE: '1',
  }
  // A group of its own: driver, window and their processes can be killed in one moment.
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore', detached: true })
  const gone = once(driver, 'exit')
  const ask: Ask = async (method, where, body) => {
    const reply = await fetch(`http://127.0.0.1:${port}${where}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
    const { value } = (await reply.json()) as { value: { error?: string; message?: string } | null }
    if (!reply.ok) throw new Error(`${where}: ${value?.error}: ${value?.message}`)
    return value as never
  }
  const end = async (): Promise<void> => {
    process.kill(-(driver.pid ?? 0), 'SIGKILL')
    screen.process.kill('SIGKILL')
    await gone
  }
  try {
    await until(() =>
      ask('GET', '/status').then(
        () => true,
        () => false,
      ),
    )
    const { blocks, bsize } = statfsSync(profile)
    const args = ['-m', WINDOW, profile, ...(room === undefined ? [] : [String(room / (blocks * bsize))])]
    const options = { 'webkitgtk:browserOptions': { binary: 'gjs', args }, timeouts: { script: 30_000, pageLoad: 30_000, implicit: 0 } }
    const { sessionId } = await ask<{ sessionId: string }>('POST', '/session', { capabilities: { alwaysMatch: options } })
    const session: Ask = (method, where, body) => ask(method, `/session/${sessionId}${where}`, body)
    let isFirst = true
    return {
      async tab() {
        const tab = await openTab(session, isFirst)
        isFirst = false
        return tab
      },
      kill: end,
      async close() {
        await session('DELETE', '').catch(() => undefined)
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

export const webkit: Engine = {
  name: 'WebKit',
  missing() {
    const absent = TOOLS.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
    return absent.length > 0 ? `${absent.join(', ')} not installed` : undefined
  },
  open,
}
