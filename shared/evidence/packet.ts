/** Whether an audit packet holds, by itself: its seal, its events and records, its place in the log, its totals. */
import * as z from 'zod/mini'
import { Packet, packetDifferences } from '../report/packet.ts'
import { canonical } from '../sync/chain.ts'
import { Checkpoint, readCheckpoint } from './checkpoint.ts'
import {
  againstReceipt,
  type Fault,
  type Finding,
  inOrder,
  openDeviceChains,
  openReceipts,
  type SignedText,
  type Tools,
  wasSetAside,
} from './judge.ts'
import { lineHash, nextLink, recordText } from './line.ts'

/** What puts a packet into the log: stands in its field `checkpoint`. */
export const PacketEvidence = z.strictObject({
  checkpoint: Checkpoint,
  /** The hash of every line of the log up to the checkpoint, 64 hexadecimal digits each, without what those entries say. */
  lines: z.string(),
  /** The salts of the hashes of the records that are shown whole, by their number in the log. */
  salts: z.record(z.string(), z.string()),
  /** Signature over `sealText` of the packet. */
  seal: z.string(),
})
export type PacketEvidence = z.infer<typeof PacketEvidence>

/** The text that is signed for a packet as a whole: no word of it can be changed without its being seen. */
export function sealText(packet: Packet, evidence: Omit<PacketEvidence, 'seal'>, tools: Pick<Tools, 'sha256'>): string {
  return `recoup-packet ${tools.sha256(canonical({ ...packet, checkpoint: evidence }))}`
}

export interface VerifiedPacket {
  readonly events: number
  readonly receipts: number
  readonly students: number
  /** The key it was signed with. Whether it is the district's, a printed checkpoint tells. */
  readonly key: string
  readonly findings: readonly Finding[]
}

/**
 * Verifies a packet's file.
 * @param key the key it must be signed with, when that is known otherwise than from the packet
 */
export function verifyPacket(file: string, tools: Tools, key: string | undefined): VerifiedPacket {
  const read = readPacket(file)
  if (!read) return { events: 0, receipts: 0, students: 0, key: '', findings: [{ fault: 'packetChanged', seq: null, what: '' }] }
  const { packet, evidence } = read
  const counts = {
    events: packet.events.length,
    receipts: packet.receipts.length,
    students: packet.students.length,
    key: packet.receiptKey,
  }
  const findings: Finding[] = []
  const find = (fault: Fault, seq: number | null, what: string): void => void findings.push({ fault, seq, what })

  const { seal, ...sealed } = evidence
  const isSealed = tools.isSigned(sealText(packet, sealed, tools), seal, packet.receiptKey)
  if (!isSealed || (key !== undefined && key !== packet.receiptKey)) find('packetChanged', null, '')
  const lines = linesOf(packet, evidence, tools, find)
  eventsOf(packet, lines, tools, find)
  recordsOf(packet, evidence, lines, tools, find)
  // Totals of what was falsified would say nothing more.
  if (findings.length === 0) for (const { student } of packetDifferences(packet)) find('totalsDiffer', null, student)
  return { ...counts, findings: inOrder(findings) }
}

type Find = (fault: Fault, seq: number | null, what: string) => void

function readPacket(file: string): { packet: Packet; evidence: PacketEvidence } | undefined {
  try {
    const packet = Packet.safeParse(JSON.parse(file))
    const evidence = PacketEvidence.safeParse(packet.data?.checkpoint)
    if (!packet.success || !evidence.success) return undefined
    // What a reader of the file sees must be what is judged here: no name besides those of a packet, and none twice.
    const isAsWritten = canonical({ ...packet.data, checkpoint: evidence.data }) === file
    return isAsWritten ? { packet: packet.data, evidence: evidence.data } : undefined
  } catch {
    return undefined
  }
}

/** The lines of the log, when they lead to the link that was signed. */
function linesOf(packet: Packet, { checkpoint, lines }: PacketEvidence, tools: Tools, find: Find): (seq: number) => string | undefined {
  const said = readCheckpoint(checkpoint, packet.receiptKey, tools.isSigned)
  if (!said) find('checkpointForged', null, '')
  let link = ''
  const count = Math.floor(lines.length / 64)
  const at = (seq: number): string | undefined => (seq >= 1 && seq <= count ? lines.slice((seq - 1) * 64, seq * 64) : undefined)
  for (let seq = 1; seq <= count; seq++) link = nextLink(tools.sha256, link, at(seq) ?? '')
  if (said && (said.link !== link || said.seq !== count || said.epoch !== packet.through.epoch)) find('checkpointDiffers', said.seq, '')
  if (said && said.seq < packet.through.seq) find('logEndsEarly', said.seq, '')
  return at
}

function eventsOf(packet: Packet, line: (seq: number) => string | undefined, tools: Tools, find: Find): void {
  const held = new Map<string, SignedText>(packet.receipts.map((receipt) => [receipt.id, receipt]))
  const receipts = openReceipts(tools, packet.receiptKey, (id) => held.get(id))
  for (const { id } of packet.receipts) if (receipts(id) === 'forged') find('receiptForged', null, id)
  const chains = openDeviceChains()
  const setAside = new Set<string>()
  let last = 0
  for (const { seq, hash, receivedAt, receipt, text } of packet.events) {
    if (seq <= last) find('entryAdded', seq, '')
    last = seq
    if (tools.sha256(text) !== hash) find('textChanged', seq, '')
    const read = receipts(receipt)
    const fault = againstReceipt(read, hash, seq)
    if (fault) find(fault, seq, '')
    if (lineHash(tools.sha256, { seq, kind: 'event', hash, at: receivedAt, receipt }) !== line(seq)) find('linkBroken', seq, '')
    if (typeof read !== 'string') for (const [other, { outcome }] of read) if (outcome === 'quarantined') setAside.add(other)
    const said = Recorded.safeParse(readJson(text))
    if (said.success) chains.add({ ...said.data, seq, hash, decided: wasSetAside(read, hash) })
    else find('columnsDiffer', seq, '')
  }
  for (const finding of chains.findings((hash) => setAside.has(hash))) find(finding.fault, finding.seq, finding.what)
}

const Recorded = z.object({ id: z.string(), device: z.string(), deviceSeq: z.int(), prev: z.string() })

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Records shown whole must be those of the log. What was withheld is shown by the seal alone. */
function recordsOf(packet: Packet, { salts }: PacketEvidence, line: (seq: number) => string | undefined, tools: Tools, find: Find): void {
  for (const { kind, id, seq, ended, at, text, withheld } of packet.records) {
    const salt = salts[String(seq)]
    if (withheld) continue
    const hash = tools.sha256(recordText({ kind, id, ended, body: text }, salt ?? ''))
    if (salt === undefined || lineHash(tools.sha256, { seq, kind: 'record', hash, at, receipt: '' }) !== line(seq))
      find('linkBroken', seq, id)
  }
}
