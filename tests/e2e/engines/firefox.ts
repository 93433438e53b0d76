/** Firefox ESR as Debian packs it, spoken to directly: no driver stands between. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { connect, openTab } from './bidi.ts'
import type { Browser, Engine } from './engine.ts'
import { within } from './engine.ts'

const FIREFOX = 'firefox-esr'

/** It makes no calls of its own, asks nobody anything, and gives storage that is asked for. */
const PREFS: Readonly<Record<string, string | number | boolean>> = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.region.update.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  // An answer in JSON is shown as it is, as a page of its own origin.
  'devtools.jsonview.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': '',
  'toolkit.telemetry.server': '',
  'dom.storageManager.prompt.testing': true,
  'dom.storageManager.prompt.testing.allow': true,
  // A page that hangs is not asked about: the scenario knows.
  'dom.max_script_run_time': 0,
}

async function open(profile: string, room?: number): Promise<Browser> {
  mkdirSync(profile, { recursive: true })
  const prefs = { ...PREFS, ...(room !== undefined && { 'dom.quotaManager.temporaryStorage.fixedLimit': Math.floor(room / 1024) }) }
  const lines = Object.entries(prefs).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
  writeFileSync(path.join(profile, 'user.js'), `${lines.join('\n')}\n`)
  // The claim that a killed browser left on its profile.
  for (const claim of ['lock', '.parentlock']) rmSync(path.join(profile, claim), { force: true })
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', '--width', '820', '--height', '1180']
  // A group of its own: all its processes can be killed in one moment.
  const child = spawn(FIREFOX, args, { env: { ...process.env, HOME: profile }, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  const gone = once(child, 'exit')
  const listening = new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)
      if (found?.[1]) resolve(found[1])
    })
    void gone.then(() => reject(new Error(`Firefox ended:\n${said}`)))
  })
  const bidi = await connect(await within(60_000, 'Firefox', listening))
  return {
    tab: () => openTab(bidi),
    async kill() {
      process.kill(-(child.pid ?? 0), 'SIGKILL')
      await gone
    },
    async close() {
      await bidi.send('browser.close', {}).catch(() => undefined)
      await gone
      bidi.close()
    },
  }
}

export const firefox: Engine = {
  name: 'Firefox',
  missing: () => (spawnSync(FIREFOX, ['--version']).status === 0 ? undefined : `${FIREFOX} is not installed`),
  open,
}
