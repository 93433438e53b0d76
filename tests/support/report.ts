import type { DeviceReport } from '../../shared/api/sync.ts'

/** What a device with nothing to tell says of itself with a push. */
export const REPORT: DeviceReport = {
  unsent: 0,
  oldestUnsentAt: null,
  persisted: true,
  quotaFree: null,
  clockOffset: 0,
  appVersion: 'test',
  openSessions: 0,
  totals: null,
}
