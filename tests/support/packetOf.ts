/** A packet over everything a log holds, sealed by the server: what an auditor is given, without the wording around it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Packet } from '../../shared/report/packet.ts'
import { totalsDigest } from '../../shared/sync/digest.ts'
import { as, type StudentId } from '../../shared/ids.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Context } from '../../server/context.ts'
import { writePacketFile } from '../../server/reports/packet/packetFile.ts'

const AS_OF = '2026-11-22' as SchoolDate
type Facts = Omit<Packet, 'checkpoint'>

/** Seals a packet as the server seals those it makes. */
export async function sealed({ packetSeal, config }: Context, facts: Facts): Promise<Packet> {
  const path = join(config.data, 'packet.json')
  const checkpoint = packetSeal.checkpoint()
  await writePacketFile(
    path,
    { ...facts, checkpoint },
    packetSeal,
    async () => undefined,
    () => undefined,
  )
  return JSON.parse(readFileSync(path, 'utf8')) as Packet
}

/** The sealed packet of a context's whole log. */
export const packetOf = (context: Context): Promise<Packet> => sealed(context, factsOf(context))

/** The same, before it is sealed. */
export function factsOf({ ledgers, log, receiptKey }: Context): Facts {
  const { db } = log
  const events = db
    .prepare<[], Packet['events'][number]>('SELECT seq, hash, received_at AS receivedAt, receipt, body AS text FROM event ORDER BY seq')
    .all()
  const records = db
    .prepare<[], { kind: string; id: string; seq: number; ended: number; at: number; text: string }>(
      'SELECT v.kind, v.id, v.seq, v.ended, v.at, v.body AS text FROM record r JOIN record_version v ON v.seq = r.seq ORDER BY v.seq',
    )
    .all()
    .map((row) => ({ ...row, ended: row.ended === 1, withheld: false }))
  const ids = db.prepare<[], string>("SELECT id FROM record WHERE kind = 'student'").pluck().all()
  const ledger = ledgers.of('all')
  return {
    kind: 'recoup-audit-packet',
    version: 1,
    district: { name: 'Test Unified', lea: null, zone: 'America/Los_Angeles' },
    made: { at: log.sources.now(), by: 'marsh' },
    through: { epoch: log.epoch, seq: log.head() },
    subject: { kind: 'site', site: 'elm', from: AS_OF, until: AS_OF },
    asOf: AS_OF,
    rules: 'test',
    sessions: [],
    events,
    records,
    receipts: db.prepare<[], Packet['receipts'][number]>('SELECT id, device, at, body, signature FROM receipt').all(),
    receiptKey: receiptKey.publicKey,
    students: ids.map((id) => {
      const totals = ledger.judge(as<StudentId>(id), AS_OF)
      const { minutes, earnedDays, eligibleAbsences, claimableDays, bankedDays } = totals
      const named = { student: id, last: id, first: id, localId: id, ssid: null, digest: totalsDigest(totals) }
      return { ...named, minutes, earnedDays, eligibleAbsences, claimableDays, bankedDays, days: [...totals.days] }
    }),
    law: [],
  }
}
