/** The stored texts behind some sessions and students, as an audit packet shows them: events, receipts, registry facts. */
import type { Packet, PacketRecord } from '../../shared/report/packet.ts'
import { canonical } from '../../shared/sync/chain.ts'
import type { Student } from '../../shared/registry.ts'
import type { Log } from './log.ts'

/** The places of a packet's events in the log, and the facts around them, as of one moment. What stands in the log at a place never
 *  changes: the events are read later, some at a time. */
export interface PacketParts {
  readonly seqs: readonly number[]
  readonly receipts: Packet['receipts']
  readonly records: readonly PacketRecord[]
}
export interface PacketReader {
  /** The parts for sessions, and students whose own names may be shown. Others in those sessions are counted, not named. */
  parts(sessions: readonly string[], students: readonly string[]): PacketParts
  /** The events at some places, in that order. */
  events(seqs: readonly number[]): Packet['events']
}

export function openPacketParts({ db, read }: Log): PacketReader {
  const places = db.prepare<[string], { seq: number; receipt: string }>(
    `SELECT seq, receipt FROM event
     WHERE session IN (SELECT value FROM json_each(?)) AND seq NOT IN (SELECT seq FROM erased) ORDER BY seq`,
  )
  const events = db.prepare<[string], Packet['events'][number]>(
    `SELECT seq, hash, received_at AS receivedAt, receipt, body AS text FROM event
     WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq`,
  )
  const receipts = db.prepare<[string], Packet['receipts'][number]>(
    'SELECT id, device, at, body, signature FROM receipt WHERE id IN (SELECT value FROM json_each(?)) ORDER BY at, id',
  )
  const records = db.prepare<[string, string, string], Omit<PacketRecord, 'ended' | 'withheld'> & { ended: number }>(
    `SELECT v.kind, v.id, v.seq, v.ended, v.at, v.body AS text FROM record r JOIN record_version v ON v.seq = r.seq
     WHERE r.kind IN ('district', 'policy', 'site')
       OR r.student IN (SELECT value FROM json_each(?))
       OR (r.kind = 'staff' AND r.id IN (SELECT staff FROM session_staff WHERE session IN (SELECT value FROM json_each(?))))
       OR (r.kind IN ('student', 'enrollment') AND r.student IN
            (SELECT student FROM session_student WHERE session IN (SELECT value FROM json_each(?))))
     ORDER BY v.seq`,
  )
  return {
    parts: (sessions, students) =>
      read(() => {
        const [inSessions, named] = [JSON.stringify(sessions), new Set(students)]
        const own = places.all(inSessions)
        const stands = standIns()
        return {
          seqs: own.map(({ seq }) => seq),
          receipts: receipts.all(JSON.stringify([...new Set(own.map(({ receipt }) => receipt))])),
          records: records.all(JSON.stringify(students), inSessions, inSessions).map((row): PacketRecord => {
            const withheld = row.kind === 'student' && !named.has(row.id)
            return { ...row, ended: row.ended === 1, withheld, text: withheld ? stands(row.text) : row.text }
          }),
        }
      }),
    events: (seqs) => events.all(JSON.stringify(seqs)),
  }
}

/** Somebody who is only counted: without name and numbers. Entries of one student still show that they are, by a number of their own. */
function standIns(): (text: string) => string {
  const numbers = new Map<string, string>()
  return (text) => {
    const student = JSON.parse(text) as Student
    const { ssid } = student
    if (ssid !== null && !numbers.has(ssid)) numbers.set(ssid, `withheld-${numbers.size + 1}`)
    return canonical({ ...student, first: '', last: '', localId: '', ssid: ssid === null ? null : numbers.get(ssid) })
  }
}
