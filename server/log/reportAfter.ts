import type { DeviceReport } from '../../shared/api/sync.ts'

/**
 * What a device says of itself once these entries of its are kept: it said it before, and may be closed before it says so again. `entries` is
 * how many it brings, the longest unsent first.
 */
export function reportAfter(report: DeviceReport, entries: number): DeviceReport {
  const unsent = Math.max(0, report.unsent - entries)
  return { ...report, unsent, oldestUnsentAt: unsent === 0 ? null : report.oldestUnsentAt }
}
