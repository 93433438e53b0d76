import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Checkpoint } from '../../shared/evidence/checkpoint.ts'
import { openContext } from '../../server/context.ts'
import { openServerChain } from '../../server/log/serverChain.ts'
import { verifyLog } from '../../server/log/verify.ts'
import { type EvidenceLog, evidenceLog } from '../support/evidenceLog.ts'
import { random } from '../support/random.ts'
import {
  afterTampering,
  alteredBytes,
  deletions,
  insertions,
  others,
  swaps,
  type Tampering,
  truncations,
  withoutTriggers,
} from '../support/tamper.ts'

let log: EvidenceLog
let kept: readonly Checkpoint[]
beforeAll(async () => {
  log = await evidenceLog(7, 200)
  kept = log.context.checkpoints.kept(1)
  withoutTriggers(db())
})
afterAll(() => log.close())

const db = () => log.context.log.db
const whole = () => log.context.log
const key = () => log.context.receiptKey.publicKey

test('an honest log of two hundred events holds, with what came late, twice, was set aside and taken by a decision', () => {
  const found = verifyLog(whole(), key(), kept)
  expect(found.findings).toEqual([])
  expect(found.events).toBeGreaterThanOrEqual(150)
  expect(db().prepare('SELECT count(*) FROM quarantine WHERE decision IS NOT NULL').pluck().get()).toBeGreaterThan(0)
})

const WAYS: readonly [string, () => Iterable<Tampering>][] = [
  ['a byte of an event changed, also with its hash and all links', () => alteredBytes(db(), random(1), false)],
  ['an event taken out, also with its link, also with the rest moved up', () => deletions(db())],
  ['an event put in', () => insertions(db())],
  ['two events changed places', () => swaps(db(), random(2))],
  ['the end cut off, given a checkpoint that was kept elsewhere', () => truncations(db())],
  ['a column, a record, a receipt or what was set aside changed', () => others(db())],
]
test.each(WAYS)('found every time: %s', (_, ways) => {
  let tried = 0
  // Each fifth here; every one, and every byte, by "npm run tamper".
  const all = [...ways()]
  for (const way of all.length < 40 ? all : all.filter((_way, i) => i % 5 === 0)) {
    const findings = afterTampering(whole(), key(), way, kept)
    expect(findings.length, way.name).toBeGreaterThan(0)
    tried += 1
  }
  expect(tried).toBeGreaterThan(9)
  expect(verifyLog(whole(), key(), kept).findings).toEqual([])
})

test('an altered event is named by its number, as the first thing that does not hold', () => {
  const seq = Number(db().prepare('SELECT seq FROM event ORDER BY seq LIMIT 1 OFFSET 40').pluck().get())
  const way = {
    name: '',
    run: () => void db().prepare('UPDATE event SET body = replace(body, \'"v":1\', \'"v":2\') WHERE seq = ?').run(seq),
  }
  expect(afterTampering(whole(), key(), way, kept)[0]).toMatchObject({ fault: 'textChanged', seq })
})

test('a log signed with another key holds nothing', () => {
  const other = Buffer.alloc(32, 7).toString('base64')
  expect(verifyLog(whole(), other).findings.length).toBeGreaterThan(50)
})

test('many honest logs raise no alarm', async () => {
  for (let seed = 100; seed < 130; seed++) {
    const one = await evidenceLog(seed, 40)
    expect(verifyLog(one.context.log, one.context.receiptKey.publicKey, one.context.checkpoints.kept(9)).findings, `${seed}`).toEqual([])
    one.close()
  }
})

test('a log from before there were links is linked when it is opened, and holds', async () => {
  const old = await evidenceLog(3, 60)
  const { config, log: held } = old.context
  const { sources } = held
  for (const name of ['chain_never_changes', 'chain_never_goes']) held.db.exec(`DROP TRIGGER ${name}`)
  held.db.exec('DELETE FROM chain; DELETE FROM chain_secret; DELETE FROM checkpoint')
  old.context.close()
  const again = openContext(config, sources, 100)
  expect(verifyLog(again.log, again.receiptKey.publicKey).findings).toEqual([])
  expect(openServerChain(again.log.db).linkAt(again.log.head())).toMatch(/^[0-9a-f]{64}$/)
  again.close()
})
