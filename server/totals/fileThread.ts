/** The thread that makes a roster file, so that nobody who asks the server waits for fifty thousand lines. */
import { parentPort, workerData } from 'node:worker_threads'
import type { RosterQuery } from '../../shared/api/totals.ts'
import type { Scope } from '../log/deliver.ts'
import { rosterAsCsv, rosterAsXlsx } from './rosterFile.ts'
import { openTotalsDb } from './schema.ts'

/** Which file of which view. */
export interface FileAsked {
  readonly data: string
  readonly scope: Scope
  readonly query: RosterQuery
  readonly asOf: string
  readonly type: 'csv' | 'xlsx'
}

const { data, scope, query, asOf, type } = workerData as FileAsked
const db = openTotalsDb(data)
parentPort?.postMessage(type === 'csv' ? Buffer.from(rosterAsCsv(db, scope, query, asOf)) : await rosterAsXlsx(db, scope, query, asOf))
db.close()
