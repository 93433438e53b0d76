/** How new what a site is told is: the sequence up to which its figures must reach. */
import type { Db } from './openDatabase.ts'

/** Gives, for a site, the newest sequence of its own events and of everything else it is told; 0 for nothing. */
export function openNewest(db: Db): (site: string) => number {
  const own = db.prepare<[string], number | null>('SELECT max(seq) FROM event WHERE site = ?').pluck()
  const told = db.prepare<[string], number | null>('SELECT max(seq) FROM feed WHERE site = ?').pluck()
  return (site) => Math.max(own.get(site) ?? 0, told.get(site) ?? 0)
}
