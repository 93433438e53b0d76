/** The thread of totals and reports: a school at a time over the same data, and no clock but the one it is told. */
import { parentPort, workerData } from 'node:worker_threads'
import type { PacketSubject } from '../../shared/report/packet.ts'
import { instant } from '../../shared/time.ts'
import { openCheckpoints } from '../log/checkpoints.ts'
import { openDeliver } from '../log/deliver.ts'
import { openLog } from '../log/log.ts'
import { openDatabase } from '../log/openDatabase.ts'
import { openOverview } from '../log/overview.ts'
import { openPacketSeal } from '../log/packetSeal.ts'
import { openReceiptKey } from '../log/receipts.ts'
import { openApprovals } from '../people/approvals.ts'
import { sqliteStore } from '../registry/sqliteStore.ts'
import type { FromThread, ToThread } from './inThread.ts'
import { openTotals } from '../totals/totals.ts'
import { openSchools } from './schools.ts'
import type { PacketPaths } from './packet/makePacket.ts'
import { CalledOff, openReportWork, type ReportWork, type WorkContext } from './work.ts'
import { v7 } from 'uuid'

/** How long it waits for another's write, in milliseconds. */
const WAIT = 10_000

const { data } = workerData as { data: string }
let now = instant(0)
const log = openLog(openDatabase(data, WAIT), { now: () => now, newId: () => v7(), random: (bytes) => Buffer.alloc(bytes) })
const receiptKey = openReceiptKey(data)
// A school is read once, from its beginning to its end: pages kept for a second time would only take room.
log.db.pragma('cache_size = -4000')
const schools = openSchools(log, openDeliver(log))
const context: WorkContext = {
  log,
  receiptKey,
  approvals: openApprovals(log),
  schools,
  totals: openTotals(data, log, schools),
  store: sqliteStore(log),
  overview: openOverview(log),
  packetSeal: openPacketSeal(log, openCheckpoints(log, receiptKey), receiptKey),
}
// The time of a report is the asking side's; only the turns are measured here.
const work: ReportWork = openReportWork(context, () => performance.now())

const tell = (message: FromThread): void => parentPort?.postMessage(message)
const stops = new Map<number, AbortController>()

function answer(message: Exclude<ToThread, { kind: 'stop' }>): Promise<unknown> {
  if (message.kind === 'ask') {
    // The asking side took the arguments of this very question.
    const question = work[message.question] as (...given: readonly unknown[]) => Promise<unknown>
    return question(...message.given)
  }
  const stop = new AbortController()
  stops.set(message.id, stop)
  const [subject, by, paths] = message.given as [PacketSubject, string, PacketPaths]
  // A person sees percents: more would only be in the way of the work.
  let said = ''
  return work.packet(subject, by, paths, {
    signal: stop.signal,
    progress: (step, done, of) => {
      const percent = Math.floor((100 * done) / of)
      if (said === `${step} ${percent}`) return
      said = `${step} ${percent}`
      tell({ kind: 'progress', id: message.id, step, done, of })
    },
  })
}

parentPort?.on('message', (message: ToThread) => {
  const { id } = message
  if (message.kind === 'stop') return stops.get(id)?.abort()
  now = message.now
  answer(message)
    .then(
      (value) => tell({ kind: 'done', id, value }),
      (error: unknown) => tell({ kind: 'failed', id, message: String(error), calledOff: error instanceof CalledOff }),
    )
    .finally(() => stops.delete(id))
})
