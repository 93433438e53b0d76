/** SIGKILL at random moments under clients that push all the time; and the disk as it was at random moments, as after a power cut. */
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PROTOCOL } from '../../shared/api.ts'
import { type PushReply, type ReceiptBody } from '../../shared/api/sync.ts'
import type { AttendanceEvent } from '../../shared/events.ts'
import { startRecoup } from '../support/process.ts'
import { type Random, random } from '../support/random.ts'
import { openWire, prepareRush, recorder, type Tablet } from '../support/rush.ts'
import { brokenIn, type Proof } from './inspect.ts'
import { REPORT } from '../support/report.ts'

const CLIENTS = 8
const BATCH = 50

interface Pusher {
  /** Pushes until the server is gone. */
  run(url: string): Promise<void>
}

/** A tablet that sends its next batch when the last was acknowledged, and the same one again when it was not. */
function pusher(tablet: Tablet, acknowledge: (ids: readonly string[]) => void): Pusher {
  const record = recorder(tablet)
  let outbox: AttendanceEvent[] = []
  return {
    async run(url) {
      const wire = openWire(url)
      try {
        for (;;) {
          if (outbox.length === 0) outbox = record(BATCH)
          const { status, body } = await wire.ask(
            'POST',
            '/api/sync/push',
            { protocol: PROTOCOL, events: outbox, report: REPORT },
            tablet.cookie,
          )
          if (status !== 200) continue
          const { results } = JSON.parse((body as PushReply).receipt.body) as ReceiptBody
          if (results.some(({ outcome }) => outcome === 'quarantined')) throw new Error(`Set aside: ${JSON.stringify(results)}`)
          acknowledge(outbox.map(({ id }) => id))
          outbox = []
        }
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('Set aside')) throw error
      } finally {
        wire.close()
      }
    },
  }
}

async function withRush<T>(work: (folder: string, tablets: readonly Tablet[]) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recoup-proof-'))
  try {
    return await work(folder, await prepareRush(folder, CLIENTS, 4))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Kills the server `times` times at random moments, each time with eight clients in the middle of a push. */
export function randomKills(times: number, seed = 1): Promise<Proof> {
  const chance = random(seed)
  return withRush(async (folder, tablets) => {
    const acknowledged: string[] = []
    const pushers = tablets.map((tablet) => pusher(tablet, (ids) => acknowledged.push(...ids)))
    const broken: string[] = []
    for (let i = 0; i < times; i++) {
      const server = await startRecoup(folder)
      const runs = pushers.map((one) => one.run(server.url))
      setTimeout(() => void server.end('SIGKILL'), 20 + chance.below(400))
      await Promise.all(runs)
      await server.ended
      broken.push(...brokenIn(folder, acknowledged, `kill ${i + 1}`))
    }
    return { what: 'kills under eight clients', tried: times, broken, note: `${acknowledged.length} events acknowledged` }
  })
}

/** The files as they were at random moments, as a disk holds them that lost its power: what was not yet promised is gone, or torn. */
export function powerCuts(times: number, seed = 2): Promise<Proof> {
  const chance = random(seed)
  return withRush(async (folder, tablets) => {
    const acknowledged: string[] = []
    const server = await startRecoup(folder)
    const runs = tablets.map((tablet) => pusher(tablet, (ids) => acknowledged.push(...ids)).run(server.url))
    let tried = 0
    const broken: string[] = []
    for (let i = 0; i < times; i++) {
      await new Promise((resolve) => setTimeout(resolve, 10 + chance.below(120)))
      const image = mkdtempSync(path.join(tmpdir(), 'recoup-image-'))
      try {
        if (!cutAt(server.pid, folder, image, chance)) continue
        tried++
        broken.push(...brokenIn(image, acknowledged.slice(), `cut ${i + 1}`))
      } finally {
        rmSync(image, { recursive: true, force: true })
      }
    }
    await server.end('SIGKILL')
    await Promise.all(runs)
    return { what: 'power cuts', tried, broken, note: `${acknowledged.length} events acknowledged` }
  })
}

/**
 * The files of one moment, with the server held still; then what was written to the end of the write-ahead file after this process last heard
 * of an acknowledgement is torn.
 */
function cutAt(pid: number, folder: string, image: string, chance: Random): boolean {
  const wal = path.join(folder, 'recoup.db-wal')
  if (!existsSync(wal)) return false
  const before = statSync(wal).size
  // Nothing is heard meanwhile: the wait is this whole process's.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, chance.below(12))
  process.kill(pid, 'SIGSTOP')
  while (!/^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
  for (const name of ['recoup.db', 'recoup.db-wal', 'keys']) cpSync(path.join(folder, name), path.join(image, name), { recursive: true })
  process.kill(pid, 'SIGCONT')
  const copy = path.join(image, 'recoup.db-wal')
  const after = statSync(copy).size
  if (after > before) tear(copy, after, Math.min(chance.below(4097), after - before))
  return true
}

/** The last bytes never reached the disk, or reached it as something else. */
function tear(file: string, size: number, bytes: number): void {
  if (bytes % 2 === 0) return truncateSync(file, size - bytes)
  const handle = openSync(file, 'r+')
  const last = Buffer.alloc(bytes)
  readSync(handle, last, 0, bytes, size - bytes)
  writeSync(handle, last.reverse(), 0, bytes, size - bytes)
  closeSync(handle)
}
