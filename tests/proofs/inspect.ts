/** What every proof asks of a data folder afterwards: is it whole, and is everything there that was acknowledged? */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { readConfig } from '../../server/config.ts'
import { isSound } from '../../server/log/sound.ts'
import { openForCommand } from '../../server/main.ts'
import type { ReceiptBody } from '../../shared/api/sync.ts'

export interface Proof {
  readonly what: string
  /** Crashes, cuts or fills. 0 when it could not be tried here. */
  readonly tried: number
  /** One sentence for each time a promise was broken. */
  readonly broken: readonly string[]
  /** Why it could not be tried, or what else is worth knowing. */
  readonly note?: string
}

/** Opens the folder as a server does, and gives what is wrong with it: lost acknowledged events, parts of a batch, a damaged log. */
export function brokenIn(folder: string, acknowledged: readonly string[], when: string): string[] {
  try {
    const config = readConfig({ RECOUP_DATA: folder })
    if ('fault' in config) throw new Error(config.fault)
    openForCommand(config).close()
    if (isSound(join(folder, 'recoup.db')) === undefined) return [`${when}: the log is not whole`]
    const db = new Database(join(folder, 'recoup.db'), { readonly: true })
    const held = new Set(db.prepare<[], string>('SELECT id FROM event').pluck().all())
    const broken: string[] = []
    const lost = acknowledged.filter((id) => !held.has(id)).length
    if (lost > 0) broken.push(`${when}: ${lost} acknowledged events are gone`)
    const receipts = db.prepare<[], string>('SELECT body FROM receipt').pluck().all()
    const signed = receipts.flatMap((body) => (JSON.parse(body) as ReceiptBody).results).filter(({ outcome }) => outcome === 'accepted')
    if (signed.some(({ id }) => id === null || !held.has(id))) broken.push(`${when}: a receipt stands without its events`)
    if (new Set(signed.map(({ id }) => id)).size !== held.size) broken.push(`${when}: events stand without a receipt: part of a batch`)
    db.close()
    return broken
  } catch (error) {
    return [`${when}: ${error instanceof Error ? error.message : String(error)}`]
  }
}
