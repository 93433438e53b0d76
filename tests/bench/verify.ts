/** Verifying a log of a million events, beside hashing the same texts and nothing more. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDatabase } from '../../server/log/openDatabase.ts'
import { openReceiptKey } from '../../server/log/receipts.ts'
import { openServerChain, sha256 } from '../../server/log/serverChain.ts'
import { openLog } from '../../server/log/log.ts'
import { verifyLog } from '../../server/log/verify.ts'
import { sources } from '../../server/main.ts'
import { canonical } from '../../shared/sync/chain.ts'
import type { Line } from './line.ts'

const EVENTS = 1_000_000
const DEVICES = 500
const PUSH = 50

/** Writes a log as the server would have: chained by device, signed for in pushes of fifty, linked. */
function write(folder: string): { key: string; reference: number } {
  const db = openDatabase(folder)
  const key = openReceiptKey(folder)
  db.pragma('synchronous = OFF')
  db.exec("INSERT INTO chain_secret VALUES (1, 'bench')")
  const put = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const putReceipt = db.prepare('INSERT INTO receipt VALUES (?, ?, ?, ?, ?)')
  const chain = openServerChain(db)
  const heads = Array.from({ length: DEVICES }, () => ({ n: 0, hash: '' }))
  let reference = 0
  db.transaction(() => {
    for (let seq = 1; seq <= EVENTS; ) {
      const at = 1_780_000_000_000 + seq
      const d = Math.floor(seq / PUSH) % DEVICES
      const device = `0190a000-0000-7000-8000-${String(d).padStart(12, '0')}`
      const head = heads[d] ?? { n: 0, hash: '' }
      const receipt = `receipt-${seq}`
      const results = []
      for (let index = 0; index < PUSH && seq <= EVENTS; index++, seq++) {
        const id = `0190b000-0000-7000-8000-${String(seq).padStart(12, '0')}`
        const [session, site] = [`0190c000-0000-7000-8000-${String(seq % 5000).padStart(12, '0')}`, `site-${d % 20}`]
        const student = `0190d000-0000-7000-8000-${String(seq % 40_000).padStart(12, '0')}`
        const event = { actor: `staff-${d}`, at, clock: { age: 60_000, offset: 12 }, device, deviceSeq: ++head.n, id, prev: head.hash }
        const text = canonical({ ...event, recordedAt: at, session, site, student, type: 'StudentCheckedIn', v: 1 })
        const began = performance.now()
        const hash = sha256(text)
        reference += performance.now() - began
        put.run(seq, id, site, session, device, head.n, head.hash, hash, at, receipt, text)
        chain.add({ seq, kind: 'event', hash, at, receipt })
        results.push({ index, id, hash, outcome: 'accepted' as const, seq, reason: null })
        head.hash = hash
      }
      const signed = key.sign({ epoch: 'bench', device: device as never, at: at as never, results: results as never })
      putReceipt.run(receipt, device, at, signed.body, signed.signature)
    }
    db.prepare("INSERT INTO head (lea, epoch, seq) VALUES ('district', 'bench', ?)").run(EVENTS)
  })()
  db.close()
  return { key: key.publicKey, reference }
}

export async function verifyBench(): Promise<Line[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recoup-verify-'))
  try {
    const { key, reference } = write(folder)
    const db = openDatabase(folder)
    const began = performance.now()
    const { events, findings } = verifyLog(openLog(db, sources), key)
    const seconds = (performance.now() - began) / 1000
    db.close()
    if (events !== EVENTS || findings.length > 0) throw new Error(`${events} events, ${JSON.stringify(findings[0])}`)
    return [
      {
        what: `verifying ${EVENTS.toLocaleString('en-US')} events`,
        value: seconds,
        unit: 's',
        reference: reference / 1000,
        most: { value: 60 },
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
