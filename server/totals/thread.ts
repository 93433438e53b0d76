/** The thread that keeps the totals, so that nobody who asks the server waits for a fold. */
import { parentPort, workerData } from 'node:worker_threads'
import { instant, type SchoolDate } from '../../shared/time.ts'
import { openLog } from '../log/log.ts'
import { openDatabase } from '../log/openDatabase.ts'
import { fewLedgers, openKeeper } from './keeper.ts'
import { openTotalsDb } from './schema.ts'

const { data } = workerData as { data: string }
// Nothing is recorded here: no clock, no ids.
const log = openLog(openDatabase(data, 10_000), { now: () => instant(0), newId: () => '', random: (bytes) => Buffer.alloc(bytes) })
const totals = openTotalsDb(data)
const keeper = openKeeper(log, fewLedgers(log), totals)

parentPort?.on('message', (asOf: SchoolDate) => {
  parentPort?.postMessage(keeper.refresh(asOf))
})
