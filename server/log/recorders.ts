import type { Db } from './openDatabase.ts'

/** Whether a person ever recorded something on a device that reached the log. */
export function openRecorders(db: Db): (device: string, staff: string) => boolean {
  const one = db.prepare("SELECT 1 FROM event WHERE device = ? AND body ->> '$.actor' = ? LIMIT 1")
  return (device, staff) => one.get(device, staff) !== undefined
}
