/** Takes names out of the log, beyond the rule alone, and writes down in the log that it was done. The chain holds as before. */
import { canonical } from '../../shared/sync/chain.ts'
import type { Student } from '../../shared/registry.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { recordText } from '../../shared/evidence/line.ts'
import type { RegistryStore } from '../registry/store.ts'
import { ERASURE, erasureText } from './erased.ts'
import type { Log } from './log.ts'
import type { ReceiptKey } from './receipts.ts'
import { openRetention } from './retention.ts'
import { openSalts, openServerChain, sha256 } from './serverChain.ts'
import { verifyLog } from './verify.ts'

export interface Erasure {
  readonly edge: SchoolDate
  readonly zone: string
  /** Who decided it, and why. */
  readonly name: string
  readonly reason: string
}
export interface Erased {
  readonly students: number
  /** Versions of records and events whose words are gone. */
  readonly entries: number
  /** The place of the erasure in the log. */
  readonly seq: number
}

interface Version {
  readonly seq: number
  readonly kind: string
  readonly id: string
  readonly ended: number
  readonly body: string
}

const nameless = (student: Student): Student => ({ ...student, localId: '', ssid: null, first: '', last: '' })

/** The log does not hold: what is left of an entry would be signed for without being what was recorded. */
export type DoesNotHold = 'doesNotHold'

/** Erases what lies beyond the edge now, whatever was previewed before, and signs for what is left; undefined when nothing lies beyond it. */
export function erase(
  log: Log,
  key: Pick<ReceiptKey, 'publicKey' | 'signText'>,
  store: RegistryStore,
  { edge, zone, name, reason }: Erasure,
): Erased | DoesNotHold | undefined {
  const { db, sources } = log
  const versionsOf = db.prepare<[string], Version>(
    `SELECT seq, kind, id, ended, body FROM record_version WHERE kind = 'student' AND id = ? AND seq NOT IN (SELECT seq FROM erased) ORDER BY seq`,
  )
  const eventAt = db.prepare<[number], { hash: string; body: string }>('SELECT hash, body FROM event WHERE seq = ?')
  const putVersion = db.prepare('INSERT INTO record_version (seq, kind, id, ended, at, body) VALUES (?, ?, ?, 0, ?, ?)')
  const putErased = db.prepare('INSERT INTO erased (seq, hash, erasure) VALUES (?, ?, ?)')
  const setVersion = db.prepare('UPDATE record_version SET body = ? WHERE seq = ?')
  const setEvent = db.prepare('UPDATE event SET body = ? WHERE seq = ?')
  const emptyNotes = db.prepare("UPDATE follow_up SET text = '' WHERE student = ?")
  const chain = openServerChain(db)
  const salt = openSalts(db)
  const beyond = openRetention(log)

  // What is deleted is overwritten in the file.
  db.pragma('secure_delete = ON')
  const hashOf = (row: Version): string => sha256(recordText({ ...row, ended: row.ended === 1 }, salt(row.seq)))
  const done = log.write((): Erased | DoesNotHold | undefined => {
    const { students, events } = beyond(edge, zone)
    if (students.length + events.length === 0) return undefined
    if (verifyLog(log, key.publicKey).findings.length > 0) return 'doesNotHold'
    const versions = students
      .flatMap(({ id }) => versionsOf.all(id))
      .map((row) => ({ seq: row.seq, hash: hashOf(row), rest: { ...row, body: canonical(nameless(JSON.parse(row.body) as Student)) } }))
    const texts = events.map((seq) => {
      const { hash, body } = eventAt.get(seq) as { hash: string; body: string }
      return { seq, hash, rest: wordless(body) }
    })
    const entries = Object.fromEntries([...versions, ...texts].map(({ seq, hash }) => [String(seq), hash]))
    const left = Object.fromEntries([
      ...versions.map(({ seq, rest }) => [String(seq), hashOf(rest)] as const),
      ...texts.map(({ seq, rest }) => [String(seq), sha256(rest)] as const),
    ])
    // Devices and reports are told first, by a new version without a name; the versions before it lose theirs.
    store.apply(
      students.flatMap(({ id }) => {
        const held = store.get('student', id)
        return held ? [{ kind: 'student' as const, id, ended: true, body: nameless(held.body) }] : []
      }),
    )
    const id = sources.newId()
    const said = { id, by: name, reason, edge, students: students.length, entries, left }
    const body = canonical({ ...said, signature: key.signText(erasureText(said)) })
    const seq = log.write((next) => {
      const at = next()
      putVersion.run(at, ERASURE, id, sources.now(), body)
      chain.addRecord(at, sources.now(), { kind: ERASURE, id, ended: false, body })
      return at
    })
    for (const [entry, hash] of Object.entries(entries)) putErased.run(Number(entry), hash, id)
    for (const { seq: place, rest } of versions) setVersion.run(rest.body, place)
    for (const { seq: place, rest } of texts) setEvent.run(rest, place)
    for (const student of students) emptyNotes.run(student.id)
    return { students: students.length, entries: Object.keys(entries).length, seq }
  })
  if (typeof done === 'object') {
    db.exec('VACUUM')
    db.pragma('wal_checkpoint(TRUNCATE)')
  }
  return done
}

/** An event without the words somebody typed about somebody: all that counts stays. */
function wordless(text: string): string {
  const event = JSON.parse(text) as Record<string, unknown>
  return JSON.stringify({ ...event, ...('name' in event && { name: '' }), ...('text' in event && { text: '' }) })
}
