import type { DeviceReport } from '../../shared/api/sync.ts'
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { Parity } from '../log/rows.ts'
import { RULES_VERSION } from '../../shared/rules/version.ts'
import type { StorageState } from '../trust/storage.ts'
import { storageKind } from '../trust/storage.ts'
import { estimate } from './clock.ts'

/** What a device says of itself with every push: for the coordinator, who cannot see the tablet. The teacher sees the same. */
export async function deviceReport({
  store,
  parity,
  storage,
  version,
}: {
  readonly store: AttendanceStore
  readonly parity: Parity | null
  readonly storage: () => Promise<StorageState>
  readonly version: string
}): Promise<DeviceReport> {
  const stored = await storage()
  const { persisted, free } = stored
  const waiting = store.outbox.rows()
  const unsent = waiting.filter((row) => row.outbox !== undefined)
  const today = store.today()
  let openSessions = 0
  for (const session of store.ledger.sessions()) if (session.started && session.on === today && session.endedAt === null) openSessions++
  return {
    unsent: unsent.length,
    oldestUnsentAt: unsent[0]?.event.recordedAt ?? null,
    persisted,
    quotaFree: free,
    clockOffset: estimate(store.clock, store.now()).offset,
    appVersion: version,
    openSessions,
    totals: parity?.kind ?? null,
    attention: waiting.length - unsent.length,
    rules: RULES_VERSION,
    storage: storageKind(stored),
  }
}
