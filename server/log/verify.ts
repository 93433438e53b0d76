/** Whether a whole log holds: every text, link, receipt, device chain, checkpoint. Reads it in one pass, in one moment. */
import { type Checkpoint, readCheckpoint } from '../../shared/evidence/checkpoint.ts'
import {
  againstReceipt,
  type Finding,
  type Fault,
  inOrder,
  openDeviceChains,
  openReceipts,
  type SignedText,
  type Tools,
  wasSetAside,
} from '../../shared/evidence/judge.ts'
import { type Entry, lineHash, nextLink, recordText } from '../../shared/evidence/line.ts'
import { ERASABLE, type ErasedEntry, type ErasureEntry, openErased } from './erased.ts'
import { verifyInventories } from './inventory.ts'
import { isSigned } from './receipts.ts'
import type { Log } from './log.ts'
import type { Db } from './openDatabase.ts'
import { openSalts, sha256 } from './serverChain.ts'
import { verifyClosings } from './signedClosing.ts'
import { verifyTables } from './verifyTables.ts'

export interface Verified {
  readonly events: number
  readonly records: number
  /** The newest entry, and the link that stands for the whole log. */
  readonly seq: number
  readonly link: string
  /** Who took words out of the log, the earliest first. */
  readonly erasures: readonly ErasureEntry[]
  /** Closings from when a signature was under the figures alone: who signed, and with which words, cannot be checked. */
  readonly figuresAlone: readonly string[]
  /** What does not hold, the earliest first; at most about a hundred. */
  readonly findings: readonly Finding[]
}

const TOOLS: Tools = { sha256, isSigned }
/** A log that was rewritten breaks at every entry: a hundred say it as well as a million. */
const MOST = 100

type Row = readonly [
  seq: number,
  link: Buffer,
  id: string | null,
  site: string,
  session: string | null,
  device: string,
  deviceSeq: number,
  prev: string,
  hash: string,
  receivedAt: number,
  receipt: string,
  body: string,
  kind: string | null,
  record: string,
  ended: number,
  at: number,
  recordBody: string,
]

const ROWS = `SELECT c.seq, c.link, e.id, e.site, e.session, e.device, e.device_seq, e.prev, e.hash, e.received_at, e.receipt, e.body,
    v.kind, v.id, v.ended, v.at, v.body
  FROM chain c LEFT JOIN event e ON e.seq = c.seq LEFT JOIN record_version v ON v.seq = c.seq ORDER BY c.seq`

type OpenLog = Pick<Log, 'db' | 'sources'>

/**
 * Verifies a log.
 * @param key Ed25519 key of the receipts, raw, base64
 * @param others checkpoints that were kept elsewhere: printed, mailed, brought by a device
 * @param tools what hashes and checks signatures
 */
export function verifyLog(log: OpenLog, key: string, others: readonly Checkpoint[] = [], tools: Tools = TOOLS): Verified {
  return log.db.transaction(() => walk(log, key, others, tools)).deferred()
}

function walk({ db, sources }: OpenLog, key: string, others: readonly Checkpoint[], tools: Tools): Verified {
  const findings: Finding[] = []
  const find = (fault: Fault, seq: number | null, what: string): void => {
    if (findings.length < MOST) findings.push({ fault, seq, what })
  }
  const salt = openSalts(db)
  const erased = openErased(db, key, tools.isSigned)
  const receiptOf = db.prepare<[string], SignedText>('SELECT body, signature FROM receipt WHERE id = ?')
  const receipts = openReceipts(tools, key, (id) => receiptOf.get(id))
  const chains = openDeviceChains()
  const due = checkpointsBySeq(db, key, others, find)
  // Said before anything else: what such an erasure names may alone be more than a hundred.
  for (const { seq, id, isSigned: holds } of erased.erasures) if (!holds) find('erasureForged', seq, id)
  const counts = { events: 0, records: 0, seq: 0 }
  let link = ''

  for (const row of db.prepare(ROWS).raw().iterate() as IterableIterator<Row>) {
    const [seq, stored, id, , , , , , , , , , kind, record] = row
    for (counts.seq += 1; counts.seq < seq; counts.seq++) find('entryMissing', counts.seq, '')
    const what = id ?? record ?? ''
    if (id === null && kind === null) find('entryMissing', seq, '')
    else if (id !== null && kind !== null) find('entryAdded', seq, what)
    else if (id === null) {
      counts.records += 1
      const rest = erased.of(seq)
      if (rest && !isLeft(row, rest, salt)) find('erasedChanged', seq, what)
    } else {
      counts.events += 1
      for (const fault of faultsOfEvent(row, erased.of(seq))) find(fault, seq, what)
      const read = receipts(row[10])
      const fault = againstReceipt(read, row[8], seq)
      if (fault) find(fault, seq, what)
      chains.add({ seq, id, device: row[5], deviceSeq: row[6], prev: row[7], hash: row[8], decided: wasSetAside(read, row[8]) })
    }
    const next = nextLink(sha256, link, lineHash(sha256, entryOf(row, salt, erased.of(seq))))
    link = stored.toString('hex')
    if (next !== link) find('linkBroken', seq, what)
    const said = due.get(seq)
    if (said !== undefined && said !== link) find('checkpointDiffers', seq, what)
    due.delete(seq)
  }
  for (const seq of due.keys()) if (seq > counts.seq) find('logEndsEarly', seq, '')
  const setAside = db.prepare('SELECT 1 FROM quarantine WHERE hash = ?')
  findings.push(...chains.findings((hash) => setAside.get(hash) !== undefined))
  for (const seq of erased.unproved) find('erasedUnproved', seq, '')
  verifyTables(db, counts.seq, receipts, find)
  verifyInventories(db, key, tools.isSigned, sources.now(), find)
  const figuresAlone = verifyClosings(db, key, tools.isSigned, find)
  return { ...counts, link, erasures: erased.erasures, figuresAlone, findings: inOrder(findings) }
}

function entryOf(row: Row, salt: (seq: number) => string, erased: ErasedEntry | undefined): Entry {
  const [seq, , id, , , , , , hash, receivedAt, receipt, , , , , at] = row
  if (id !== null) return { seq, kind: 'event', hash, at: receivedAt, receipt }
  // Where the words are gone the hash that was kept of them stands in their place: the link says whether it is the one.
  return { seq, kind: 'record', hash: erased?.hash ?? hashOfRecord(row, salt), at, receipt: '' }
}

function hashOfRecord([seq, , , , , , , , , , , , kind, id, ended, , body]: Row, salt: (seq: number) => string): string {
  return sha256(recordText({ kind: kind ?? '', id, ended: ended === 1, body }, salt(seq)))
}

/** A record without its words is of a kind that may lose them, and what its erasure left. */
function isLeft(row: Row, { left }: ErasedEntry, salt: (seq: number) => string): boolean {
  return ERASABLE.records.some((kind) => kind === row[12]) && hashOfRecord(row, salt) === left
}

/** The stored text is what was hashed, or what its erasure left, and the columns beside it say what it says. */
function faultsOfEvent([, , id, site, session, device, deviceSeq, prev, hash, , , body]: Row, erased: ErasedEntry | undefined): Fault[] {
  const own = sha256(body)
  if (erased === undefined ? own !== hash : erased.hash !== hash) return ['textChanged']
  const said = readObject(body)
  if (erased && (own !== erased.left || !ERASABLE.events.some((type) => type === said.type))) return ['erasedChanged']
  const same =
    said.id === id &&
    said.site === site &&
    said.device === device &&
    said.deviceSeq === deviceSeq &&
    said.prev === prev &&
    (typeof said.session === 'string' ? said.session : null) === session
  return same ? [] : ['columnsDiffer']
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
}

/** The link that each checkpoint names, by its place in the log. */
function checkpointsBySeq(
  db: Db,
  key: string,
  others: readonly Checkpoint[],
  find: (fault: Fault, seq: number | null, what: string) => void,
): Map<number, string> {
  const kept = db.prepare<[], Checkpoint>('SELECT body, signature FROM checkpoint ORDER BY seq').all()
  // What came back from a device of this epoch and did not fit is an accusation that stays.
  const witnessed = db.prepare<[], Checkpoint>("SELECT body, signature FROM witness WHERE verdict NOT IN ('otherEpoch', 'forged')").all()
  const due = new Map<number, string>()
  for (const checkpoint of [...kept, ...witnessed, ...others]) {
    const said = readCheckpoint(checkpoint, key, isSigned)
    if (!said) find('checkpointForged', null, checkpoint.body.slice(0, 100))
    else if ((due.get(said.seq) ?? said.link) !== said.link) find('checkpointDiffers', said.seq, '')
    else due.set(said.seq, said.link)
  }
  due.delete(0)
  return due
}
