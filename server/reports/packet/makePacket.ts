/** Makes an audit packet: the file that holds by itself, and the paper made of the same facts, both written as they are made. */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { type Ledger, openLedger } from '../../../shared/attendance/ledger.ts'
import type { StudentId } from '../../../shared/ids.ts'
import { type Packet, type PacketEvent, type PacketStudent, type PacketSubject, registryRecordOf } from '../../../shared/report/packet.ts'
import { SOURCES } from '../../../shared/rules/law.ts'
import { RULES_VERSION } from '../../../shared/rules/version.ts'
import { totalsDigest } from '../../../shared/sync/digest.ts'
import type { SchoolDate } from '../../../shared/time.ts'
import type { Context } from '../../context.ts'
import { openPacketParts } from '../../log/packetParts.ts'
import { keptEvent } from '../../log/studentLedger.ts'
import type { Pace } from '../pace.ts'
import { type Gathered, type GatherFault, gatherPacket } from './gatherPacket.ts'
import { type PacketFacts, writePacketFile } from './packetFile.ts'
import { packetPdf, type PaperFacts } from './packetPdf.ts'

/** Where the two files go. */
export interface PacketPaths {
  readonly json: string
  readonly pdf: string
}
export interface MadePacket {
  readonly sessions: number
  readonly students: number
}
export interface PacketOrder {
  readonly subject: PacketSubject
  /** The name of who asked. */
  readonly by: string
  readonly today: SchoolDate
  readonly paths: PacketPaths
}
type Progress = (step: 'gathering' | 'writing', done: number, of: number) => void

/** Events read at once. */
const EVENTS = 1_000

/** Writes both files, in turns. A packet that is not finished leaves none. */
export async function makePacket(
  { log, receiptKey, packetSeal }: Pick<Context, 'log' | 'receiptKey' | 'packetSeal'>,
  { subject, by, today, paths }: PacketOrder,
  pace: Pace,
  progress: Progress = () => undefined,
): Promise<MadePacket | GatherFault> {
  await pace()
  const gathered = gatherPacket(log, subject, today)
  if ('fault' in gathered) return gathered
  const { sessions, students, asOf, parts, through } = gathered
  const ledger = openLedger()
  for (const record of parts.records) ledger.putRecord(registryRecordOf(record))
  const district = ledger.district()
  const head = {
    kind: 'recoup-audit-packet' as const,
    version: 1 as const,
    district: { name: district?.name ?? '', lea: district?.lea ?? null, zone: district?.zone ?? '' },
    made: { at: log.sources.now(), by },
    ...{ through, subject, asOf, rules: RULES_VERSION, sessions: [...sessions] },
    receiptKey: receiptKey.publicKey,
    law: Object.entries(SOURCES).map(([key, { pin, says, link, read }]) => ({ key, cite: pin, says, link, read })),
  }
  const receiptOf: PaperFacts['receiptOf'] = new Map()
  const stated: PacketStudent[] = []
  const facts: PacketFacts = {
    ...head,
    checkpoint: packetSeal.checkpoint(),
    records: [...parts.records],
    receipts: parts.receipts,
    events: told(openPacketParts(log).events, gathered, ledger, receiptOf),
    students: judged(ledger, students, asOf, stated),
  }
  const parted: PacketPaths = { json: `${paths.json}.part`, pdf: `${paths.pdf}.part` }
  try {
    const of = through.seq + parts.seqs.length + students.length
    await writePacketFile(parted.json, facts, packetSeal, pace, (done) => progress('gathering', Math.min(done, of), of))
    const paper: PaperFacts = {
      ...head,
      students: stated,
      checkpoint: facts.checkpoint,
      events: parts.seqs.length,
      receipts: parts.receipts.length,
      receiptOf,
    }
    await writePaper(parted.pdf, paper, ledger, pace, (done, pages) => progress('writing', done, pages))
    for (const format of ['json', 'pdf'] as const) renameSync(parted[format], paths[format])
  } finally {
    for (const path of Object.values(parted)) rmSync(path, { force: true })
  }
  return { sessions: sessions.length, students: students.length }
}

/** Reads the events, and puts each into the ledger of the packet as it passes. */
function* told(
  read: (seqs: readonly number[]) => Packet['events'],
  { parts: { seqs }, sessions }: Gathered,
  ledger: Ledger,
  receiptOf: Map<string, { readonly receipt: string; readonly seq: number }>,
): Generator<PacketEvent> {
  const shown = new Set<unknown>(sessions)
  const once = openOnce()
  for (let from = 0; from < seqs.length; from += EVENTS) {
    const page = read(seqs.slice(from, from + EVENTS))
    yield* page
    ledger.putEvents(
      page.flatMap(({ text, receipt, seq }) => {
        const event = keptEvent(once(JSON.parse(text)))
        if (event && 'session' in event && shown.has(event.session)) receiptOf.set(event.id, { receipt, seq })
        return event ?? []
      }),
    )
  }
}

const NAMES = ['device', 'actor', 'site', 'session', 'student'] as const

/** The same few names come with every event: kept once each, half a million events take half the memory. */
function openOnce(): (raw: Record<string, unknown>) => unknown {
  const known = new Map<string, string>()
  return (raw) => {
    for (const name of NAMES) {
      const text = raw[name]
      if (typeof text !== 'string') continue
      const same = known.get(text)
      if (same === undefined) known.set(text, text)
      else raw[name] = same
    }
    return raw
  }
}

function* judged(ledger: Ledger, students: readonly StudentId[], asOf: SchoolDate, stated: PacketStudent[]): Generator<PacketStudent> {
  for (const id of students) {
    const one = studentIn(ledger, id, asOf)
    stated.push(one)
    yield one
  }
}

function studentIn(ledger: Ledger, id: StudentId, asOf: SchoolDate): PacketStudent {
  const totals = ledger.judge(id, asOf)
  const student = ledger.student(id)?.student
  return {
    student: id,
    last: student?.last ?? '',
    first: student?.first ?? '',
    localId: student?.localId ?? '',
    ssid: student?.ssid ?? null,
    digest: totalsDigest(totals),
    minutes: totals.minutes,
    earnedDays: totals.earnedDays,
    eligibleAbsences: totals.eligibleAbsences,
    claimableDays: totals.claimableDays,
    bankedDays: totals.bankedDays,
    days: totals.days.map(({ earnedOn, path, recovers, school }) => ({ earnedOn, path, recovers, school })),
  }
}

async function writePaper(
  path: string,
  paper: PaperFacts,
  ledger: Ledger,
  pace: Pace,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const file = openSync(path, 'w', 0o600)
  try {
    const out = (bytes: Uint8Array): void => {
      for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from)
    }
    await packetPdf(paper, ledger, out, pace, progress)
  } finally {
    closeSync(file)
  }
}
