import type { Db } from './openDatabase.ts'
import { statementsOf } from './statements.ts'

/** By which statewide identifier each student was last placed. */
export interface PlacedSsid {
  /** Keeps a student's present identifier; gives those who share the one before, if it was another. */
  parted(student: string): string[]
}

/** Corrected identifiers part students who had been taken for one. */
export function openPlacedSsid(db: Db): PlacedSsid {
  const { texts, changes } = statementsOf(db)
  const present = texts("SELECT ssid FROM record WHERE kind = 'student' AND id = ? AND ssid IS NOT NULL")
  const placed = texts('SELECT ssid FROM placed_ssid WHERE student = ?')
  const sharing = texts('SELECT student FROM placed_ssid WHERE ssid = ?')
  const put = changes('INSERT INTO placed_ssid (student, ssid) VALUES (?, ?)')
  const drop = changes('DELETE FROM placed_ssid WHERE student = ?')
  return {
    parted(student) {
      const [before] = placed(student)
      const [ssid] = present(student)
      if (before === ssid) return []
      drop(student)
      if (ssid !== undefined) put(student, ssid)
      return before === undefined ? [] : sharing(before)
    },
  }
}
