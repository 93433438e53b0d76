/** What was set aside: kept as it came, as every receipt says, and settled only by what the log holds. */
import type { openReceipts } from '../../shared/evidence/judge.ts'
import type { Db } from './openDatabase.ts'
import { sha256 } from './serverChain.ts'
import type { Find } from './verifyTables.ts'
import { readOffered } from './weigh.ts'

type Receipts = ReturnType<typeof openReceipts>

interface Row {
  readonly id: number
  readonly event: string | null
  readonly type: string
  readonly site: string | null
  readonly actor: string | null
  readonly claimed_device: string | null
  readonly device_seq: number | null
  readonly hash: string
  readonly reason: string
  readonly receipt: string
  readonly body: string
  readonly decision: string | null
}

/** Adds what was set aside and is not as it was received, is gone, or is marked as decided without a decision. */
export function verifySetAside(db: Db, receipts: Receipts, find: Find): void {
  const isDecided = openDecisions(db)
  for (const row of db.prepare<[], Row>('SELECT * FROM quarantine ORDER BY id').iterate()) {
    const what = row.event ?? `set aside ${row.id}`
    const read = receipts(row.receipt)
    const said = typeof read === 'string' ? undefined : read.get(row.hash)
    if (said?.outcome !== 'quarantined' || said.reason !== row.reason || !isWhatItSays(row)) find('setAsideChanged', null, what)
    else if (row.decision !== null && !isDecided(row)) find('setAsideSettled', null, what)
  }
  verifyReceived(db, receipts, find)
}

/** The stored text is what was hashed, and the columns by which it is shown and decided say what it says. */
function isWhatItSays({ body, hash, reason, event, type, site, actor, claimed_device, device_seq }: Row): boolean {
  if (sha256(body) !== hash) return false
  const { id, read } = readOffered(JSON.parse(body))
  if (id !== event) return false
  // What no event could be read from, now or when it came, names nobody. It is for nobody to take.
  const namedNobody = type === '' && (reason === 'malformed' || reason === 'idConflict')
  if (read.kind === 'malformed' || namedNobody) return site === null && actor === null
  const said = read.event
  return said.type === type && said.site === site && said.actor === actor && said.device === claimed_device && said.deviceSeq === device_seq
}

/** Whether the log holds what settled something that was set aside. */
function openDecisions(db: Db): (row: Row) => boolean {
  const byHash = db.prepare('SELECT 1 FROM event WHERE id = ? AND hash = ?')
  const byId = db.prepare('SELECT 1 FROM event WHERE id = ?')
  let refused: ReadonlySet<string> | undefined
  const readRefused = (): ReadonlySet<string> =>
    new Set(
      db
        .prepare<[], string>(
          `SELECT json_extract(body, '$.event') FROM event WHERE instr(body, '"ReviewDecided"') > 0
             AND json_extract(body, '$.type') = 'ReviewDecided' AND json_extract(body, '$.decision') = 'refuse'`,
        )
        .pluck()
        .all(),
    )
  return ({ decision, event, hash }) => {
    if (decision === 'accept') return byHash.get(event, hash) !== undefined
    if (decision === 'again') return byId.get(event) !== undefined
    return (refused ??= readRefused()).has(event ?? '')
  }
}

/** Every event that a signed receipt says was set aside is there. */
function verifyReceived(db: Db, receipts: Receipts, find: Find): void {
  const signed = db.prepare<[], { id: string; body: string }>(
    `SELECT id, body FROM receipt WHERE instr(body, '"outcome":"quarantined"') > 0 ORDER BY at, id`,
  )
  const held = db.prepare('SELECT 1 FROM quarantine WHERE device = ? AND hash = ?')
  const missing = new Set<string>()
  for (const { id, body } of signed.iterate()) {
    const read = receipts(id)
    if (typeof read === 'string') {
      find('receiptForged', null, id)
      continue
    }
    const { device } = JSON.parse(body) as { readonly device: string }
    for (const [hash, said] of read) {
      if (said.outcome !== 'quarantined' || hash === '' || held.get(device, hash) || missing.has(`${device} ${hash}`)) continue
      missing.add(`${device} ${hash}`)
      find('setAsideMissing', null, said.id ?? `hash ${hash}`)
    }
  }
}
