/**
 * A real Chromium out of npm, on a profile on disk: storage must outlive the browser, as it does on a tablet.
 * `CHROME` names another browser to use instead.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium } from 'playwright-core'

/** The browser makes no calls of its own, and starts as root. Never the package's own flags: they turn security and processes off. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const packageFolder = path.resolve(path.dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..')

/** Where the browser is. Unpacks it once per version: the package itself would reuse a folder left by another version. */
export async function chromiumPath(): Promise<string> {
  if (process.env.CHROME) return process.env.CHROME
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const home = path.join(tmpdir(), `recoup-chromium-${version}`)
  mkdirSync(home, { recursive: true })
  const before = process.env.TMPDIR
  process.env.TMPDIR = home
  try {
    const { default: packed, inflate } = await import('@sparticuz/chromium')
    const executable = await packed.executablePath()
    if (!starts(executable)) {
      // A machine without NSS: the package carries the libraries it needs.
      const libraries = await inflate(path.join(packageFolder, 'bin', 'al2023.tar.br'))
      process.env.LD_LIBRARY_PATH = [path.join(libraries, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
    }
    return executable
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

function starts(executable: string): boolean {
  try {
    execFileSync(executable, ['--version', '--no-sandbox', '--headless=shell'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export interface OpenBrowser {
  readonly context: BrowserContext
  readonly profile: string
  /** As a tablet whose battery is pulled: no goodbye, nothing flushed. The profile stays. */
  kill(): Promise<void>
  /** Ends the browser and takes its profile with it. */
  close(): Promise<void>
}

export interface BrowserOptions {
  readonly width?: number
  readonly height?: number
  readonly locale?: string
  /** Where the machine stands; where the sample's schools are unless told. */
  readonly zone?: string
  readonly dark?: boolean
  readonly touch?: boolean
  /** A window that keeps nothing of the app, as some private ones: every file comes over the network. */
  readonly keepsNoApp?: boolean
  /** Open a profile that an earlier browser left. */
  readonly profile?: string
  /** Flags besides the usual ones. */
  readonly flags?: readonly string[]
}

/** Opens Chromium as a tablet in portrait unless told otherwise. */
export async function openBrowser(options: BrowserOptions = {}): Promise<OpenBrowser> {
  const profile = options.profile ?? mkdtempSync(path.join(tmpdir(), 'recoup-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await chromiumPath(),
    headless: true,
    args: [...FLAGS, ...(options.flags ?? [])],
    viewport: { width: options.width ?? 820, height: options.height ?? 1180 },
    locale: options.locale ?? 'en-US',
    timezoneId: options.zone ?? 'America/Los_Angeles',
    colorScheme: options.dark ? 'dark' : 'light',
    hasTouch: options.touch ?? false,
    serviceWorkers: options.keepsNoApp ? 'block' : 'allow',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(15_000)
  return {
    context,
    profile,
    async kill() {
      const gone = new Promise((resolve) => context.once('close', resolve))
      for (const pid of processesOf(profile)) stop(pid)
      await gone
      // The browser's claim on the profile names a process that is no more.
      for (const lock of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) rmSync(path.join(profile, lock), { force: true })
    },
    async close() {
      await context.close().catch(() => undefined)
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

/** Every process that was started with this profile: found by what it was started with, so that no other browser is touched. */
function processesOf(profile: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => commandLine(pid).includes(`--user-data-dir=${profile}`))
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went by itself between being seen and being told.
  }
}
