/** A disk with no room left, a real one: a small file system in memory, filled while tablets push. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Health, PROTOCOL } from '../../shared/api.ts'
import { type PushReply, type ReceiptBody } from '../../shared/api/sync.ts'
import { startRecoup } from '../support/process.ts'
import { openWire, prepareRush, recorder } from '../support/rush.ts'
import { brokenIn, type Proof } from './inspect.ts'
import { REPORT } from '../support/report.ts'

const WHAT = 'a full disk'
const SIZE = '12m'

/** Takes all room but so many bytes. The server may take the last of it meanwhile: then nothing is left, which is as full. */
function fill(folder: string, leave: number): void {
  const { bavail, bsize } = statfsSync(folder)
  try {
    writeFileSync(path.join(folder, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - leave)))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}

/** Fills the disk `times` times; each time nothing may be acknowledged that is not there, and the server must go on when there is room. */
export async function fullDisk(times: number): Promise<Proof> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recoup-full-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]).status !== 0) {
    rmSync(folder, { recursive: true })
    return { what: WHAT, tried: 0, broken: [], note: 'skipped: this user may not mount a file system' }
  }
  const broken: string[] = []
  const acknowledged: string[] = []
  let refusals = 0
  try {
    const [tablet] = await prepareRush(folder, 1)
    if (!tablet) throw new Error('No tablet')
    const record = recorder(tablet)
    const server = await startRecoup(folder)
    const wire = openWire(server.url)
    for (let i = 0; i < times; i++) {
      const events = record(300)
      const push = () => wire.ask('POST', '/api/sync/push', { protocol: PROTOCOL, events, report: REPORT }, tablet.cookie)
      // Room for some of what is coming, never for all.
      fill(folder, 4096 * (i * 3))
      const refused = await push()
      if (refused.status === 507) refusals++
      else broken.push(`fill ${i + 1}: answered ${refused.status}`)
      const health = (await wire.ask('GET', '/api/health')).body as Health
      if (health.disk !== 'full') broken.push(`fill ${i + 1}: the disk was said to be ${health.disk}`)
      rmSync(path.join(folder, 'filler'))
      const taken = await push()
      const results = taken.status === 200 ? (JSON.parse((taken.body as PushReply).receipt.body) as ReceiptBody).results : []
      if (results.length !== events.length || results.some(({ outcome }) => outcome !== 'accepted'))
        broken.push(`fill ${i + 1}: not taken afterwards`)
      acknowledged.push(...events.map(({ id }) => id))
    }
    wire.close()
    await server.end('SIGKILL')
    broken.push(...brokenIn(folder, acknowledged, 'after the fills'))
  } finally {
    // At once, also while a process that was killed still ends.
    spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  }
  return { what: WHAT, tried: times, broken, note: `${refusals} pushes refused` }
}
