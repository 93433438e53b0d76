/** SIGKILL at random moments under clients that push all the time; and the disk as it was at random moments, as after a power cut. */
import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PROTOCOL, type PushReply, type ReceiptBody } from '../../shared/api.ts'
import type { AttendanceEvent } from '../../shared/events.ts'
import { startRecoup } from '../support/process.ts'
import { random } from '../support/random.ts'
import { openWire, prepareRush, QUIET_REPORT, recorder, type Tablet } from '../support/rush.ts'
import { brokenIn, type Proof } from './inspect.ts'

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
            { protocol: PROTOCOL, events: outbox, report: QUIET_REPORT },
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

/**
 * The files as they were at random moments, copied the way a disk holds them that lost its power: the write-ahead file first, cut anywhere
 * after what had been acknowledged, its last page perhaps torn. What was acknowledged before the copy began must be in it.
 */
export function powerCuts(times: number, seed = 2): Promise<Proof> {
  const chance = random(seed)
  return withRush(async (folder, tablets) => {
    const acknowledged: string[] = []
    const server = await startRecoup(folder)
    const runs = tablets.map((tablet) => pusher(tablet, (ids) => acknowledged.push(...ids)).run(server.url))
    const broken: string[] = []
    for (let i = 0; i < times; i++) {
      await new Promise((resolve) => setTimeout(resolve, 10 + chance.below(120)))
      const image = mkdtempSync(path.join(tmpdir(), 'recoup-image-'))
      try {
        broken.push(...(cutAt(folder, image, chance.below(4097)) ? brokenIn(image, acknowledged.slice(), `cut ${i + 1}`) : []))
      } finally {
        rmSync(image, { recursive: true, force: true })
      }
    }
    await server.end('SIGKILL')
    await Promise.all(runs)
    return { what: 'power cuts', tried: times, broken, note: `${acknowledged.length} events acknowledged` }
  })
}

/** Copies in one stretch, so that this process hears of no acknowledgement meanwhile; then tears what the disk had not promised to keep. */
function cutAt(folder: string, image: string, torn: number): boolean {
  const wal = path.join(folder, 'recoup.db-wal')
  if (!existsSync(wal)) return false
  // The main file may be written by a checkpoint while it is read: every page it takes from the write-ahead file is still in that file.
  const before = statSync(wal).size
  copyFileSync(path.join(folder, 'recoup.db'), path.join(image, 'recoup.db'))
  copyFileSync(wal, path.join(image, 'recoup.db-wal'))
  cpSync(path.join(folder, 'keys'), path.join(image, 'keys'), { recursive: true })
  const copy = path.join(image, 'recoup.db-wal')
  const after = statSync(copy).size
  if (after > before) tear(copy, after, Math.min(torn, after - before))
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
