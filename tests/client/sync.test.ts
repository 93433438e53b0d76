// How what was tapped reaches the district: once, proved by a receipt, whatever the network puts in between.
import 'fake-indexeddb/auto'
import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { PullReply, PushReply } from '../../shared/api/sync.ts'
import type { PushRequest, ReceiptBody } from '../../shared/api/sync.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { SessionId } from '../../shared/ids.ts'
import { DAY, HOUR, instant } from '../../shared/time.ts'
import { recordCertification, recordCheckIn, recordEnd, recordStart } from '../../client/log/commands.ts'
import { readFact, writeFact } from '../../client/log/db.ts'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { estimate, sample, withSample } from '../../client/sync/clock.ts'
import { countsOf } from '../../client/sync/counts.ts'
import { readReply } from '../../client/sync/http.ts'
import { compareTotals } from '../../client/sync/parity.ts'
import { applyPage } from '../../client/sync/pull.ts'
import { NOTHING_YET, backoff, nextBatch, toneOf } from '../../client/sync/syncState.ts'
import type { EventRow } from '../../client/log/rows.ts'
import { ELM, SECTION, enrolled, smallDistrict, student, studentRecord } from '../server/smallDistrict.ts'
import { NOW, type TestServer } from '../server/testServer.ts'
import { offline, openRealTablet } from './realTablet.ts'
import type { RealTablet, Send } from './realTablet.ts'

const TODAY = '2026-11-22' as SchoolDate
const ana = student('ana')
const ben = student('ben')

async function teaching(given?: TestServer): Promise<{ server: TestServer; tablet: RealTablet; id: ReturnType<typeof start> }> {
  const server = given ?? (await smallDistrict())
  const tablet = await openRealTablet(server)
  await tablet.signIn('rivera')
  return { server, tablet, id: start(tablet) }
}

function start(tablet: RealTablet) {
  const section = tablet.store.ledger.section(SECTION)
  if (!section) throw new Error('the section was not pulled')
  return recordStart(tablet.store, v7, planOf(section, TODAY, 'America/Los_Angeles')).session
}

async function checkIn(tablet: RealTablet, id: ReturnType<typeof start>, ...students: ReturnType<typeof student>[]): Promise<void> {
  const session = tablet.store.ledger.session(id)
  if (!session) throw new Error('the session is not there')
  await recordCheckIn(tablet.store, session, students).done
}

const marks = (tablet: RealTablet): string[] => tablet.store.outbox.rows().map((row) => tablet.store.outbox.mark(row.id).kind)
const isPush = (path: string): boolean => path.endsWith('/push')

test('[S3] Everything offered without a network is offered again with one, and ends as confirmed by a receipt', async () => {
  const { server, tablet, id } = await teaching()
  const network = tablet.network
  tablet.network = offline
  await checkIn(tablet, id, ana, ben)
  await tablet.sync.now()
  expect([tablet.sync.state().network, marks(tablet)]).toEqual(['offline', ['saved', 'saved', 'saved']])
  tablet.network = network
  await tablet.sync.now()
  expect([tablet.sync.state().network, marks(tablet)]).toEqual(['online', []])
  const rows = await tablet.db.events.toArray()
  expect(rows.every((row) => row.receipt !== undefined && row.seq !== undefined)).toBe(true)
  const other = await openRealTablet(server)
  await other.signIn('marsh')
  expect(other.store.ledger.session(id)?.students.get(ana)?.since).toBe(tablet.clock.now)
})

test('[S2] A reply lost on the way back changes nothing: the same entries are sent again and counted once', async () => {
  const { tablet, id } = await teaching()
  const network = tablet.network
  tablet.network = async (schema, method, path, body) => {
    const reply = await network(schema, method, path, body)
    return isPush(path) ? { kind: 'offline' } : reply
  }
  await checkIn(tablet, id, ana)
  await tablet.sync.now()
  expect(marks(tablet)).toEqual(['saved', 'saved'])
  tablet.network = network
  await tablet.sync.now()
  expect(marks(tablet)).toEqual([])
  const body = JSON.parse((await tablet.db.receipts.toArray()).at(-1)?.body ?? '{}')
  expect(body.results.map((result: { outcome: string }) => result.outcome)).toEqual(['duplicate', 'duplicate'])
})

const forged: Readonly<Record<string, (reply: PushReply) => PushReply>> = {
  'signed by another key': (reply) => {
    const { privateKey } = generateKeyPairSync('ed25519')
    return {
      ...reply,
      receipt: { ...reply.receipt, signature: sign(null, Buffer.from(reply.receipt.body), privateKey).toString('base64') },
    }
  },
  'changed after it was signed': (reply) => ({
    ...reply,
    receipt: { ...reply.receipt, body: reply.receipt.body.replace('accepted', 'duplicate') },
  }),
  'not signed at all': (reply) => ({ ...reply, receipt: { ...reply.receipt, signature: '' } }),
}

test.each(Object.entries(forged))('[S4] A receipt %s confirms nothing', async (_, forge) => {
  const { tablet, id } = await teaching()
  const network = tablet.network
  tablet.network = async (schema, method, path, body) => {
    const reply = await network(schema, method, path, body)
    if (reply.kind !== 'ok' || !isPush(path)) return reply
    return { kind: 'ok', value: schema.parse(forge(PushReply.parse(reply.value))) }
  }
  await checkIn(tablet, id, ana)
  await tablet.sync.now()
  expect(marks(tablet)).toEqual(['saved', 'saved'])
  expect(await tablet.db.receipts.count()).toBe(0)
  tablet.network = network
  await tablet.sync.now()
  expect(marks(tablet)).toEqual([])
})

/** The reply as the district itself would have signed it, had it received something else. */
const signedAnew = (
  reply: PushReply,
  { context }: TestServer,
  change: (results: ReceiptBody['results'][number][]) => unknown,
): PushReply => {
  const body = JSON.parse(reply.receipt.body) as ReceiptBody
  const text = JSON.stringify({ ...body, results: change([...body.results]) })
  return { ...reply, receipt: { body: text, signature: context.receiptKey.signText(text) } }
}

test.each([
  ['of other content', (results) => results.map((one) => ({ ...one, hash: '0'.repeat(64) }))],
  ['of another entry', (results) => results.map((one) => ({ ...one, id: v7() }))],
  ['in another order than they were offered', (results) => results.map((one) => ({ ...one, index: results.length - 1 - one.index }))],
  ['of fewer', () => []],
] as const satisfies readonly [string, (results: ReceiptBody['results'][number][]) => unknown][])(
  '[S4] A receipt that the district signed confirms nothing when it is %s',
  async (_, change) => {
    const { server, tablet, id } = await teaching()
    const { network } = tablet
    tablet.network = async (schema, method, path, body) => {
      const reply = await network(schema, method, path, body)
      if (reply.kind !== 'ok' || !isPush(path)) return reply
      return { kind: 'ok', value: schema.parse(signedAnew(PushReply.parse(reply.value), server, change)) }
    }
    await checkIn(tablet, id, ana)
    await tablet.sync.now()
    expect([marks(tablet), tablet.sync.state().network]).toEqual([['saved', 'saved'], 'portal'])
    tablet.network = network
    await tablet.sync.now()
    expect(marks(tablet)).toEqual([])
  },
)

test('[S4] A receipt that the district signed for another device, or that names some of what was offered, confirms no more than it names', async () => {
  const { server, tablet, id } = await teaching()
  const { network } = tablet
  let bend: (reply: PushReply) => PushReply = (reply) => {
    const text = JSON.stringify({ ...(JSON.parse(reply.receipt.body) as ReceiptBody), device: v7() })
    return { ...reply, receipt: { body: text, signature: server.context.receiptKey.signText(text) } }
  }
  tablet.network = async (schema, method, path, body) => {
    const reply = await network(schema, method, path, body)
    if (reply.kind !== 'ok' || !isPush(path)) return reply
    return { kind: 'ok', value: schema.parse(bend(PushReply.parse(reply.value))) }
  }
  await checkIn(tablet, id, ana)
  await tablet.sync.now()
  expect([marks(tablet), await tablet.db.receipts.count()]).toEqual([['saved', 'saved'], 0])
  bend = (reply) => signedAnew(reply, server, (results) => results.slice(0, 1))
  await tablet.sync.now()
  expect(marks(tablet)).toEqual(['saved'])
})

test("[S4] The sign-in page of a school's Wi-Fi is no answer, whatever it says", () => {
  const ok = JSON.stringify({ receipt: { body: '{}', signature: '' }, serverTime: 1 })
  expect(readReply(PushReply, 200, null, '<html>Please sign in</html>')).toEqual({ kind: 'portal', status: 200 })
  expect(readReply(PushReply, 200, null, ok)).toEqual({ kind: 'portal', status: 200 })
  expect(readReply(PushReply, 200, '1', '<html>')).toEqual({ kind: 'portal', status: 200 })
  expect(readReply(PushReply, 200, '1', '{"receipt":null}')).toEqual({ kind: 'portal', status: 200 })
  expect(readReply(PushReply, 502, '1', 'Bad gateway')).toEqual({ kind: 'portal', status: 502 })
  expect(readReply(PushReply, 401, '1', '{"code":"x","message":"Sign in."}')).toEqual({
    kind: 'refused',
    status: 401,
    code: 'x',
    message: 'Sign in.',
  })
  expect(readReply(PushReply, 200, '1', ok).kind).toBe('ok')
})

test('[S3] An entry the district sets aside needs attention with its reason, and holds up no other', async () => {
  const { tablet, id } = await teaching()
  await checkIn(tablet, id, ana)
  const rows = await tablet.db.events.orderBy('outbox').toArray()
  await tablet.db.events.update(rows[0]?.row ?? 0, { event: { ...rows[0]?.event, site: 'oak' } as EventRow['event'] })
  await tablet.sync.now()
  const left = tablet.store.outbox.rows()
  expect(left.map((row) => tablet.store.outbox.mark(row.id))).toContainEqual({ kind: 'attention', reason: 'outsideSite' })
  expect((await tablet.db.events.toArray()).every((row) => row.outbox === undefined)).toBe(true)
})

test('[S15] "Last confirmed" moves with what was confirmed: a receipt that only sets aside is none', async () => {
  const { tablet, id } = await teaching()
  await checkIn(tablet, id, ana)
  await tablet.sync.now()
  const confirmed = tablet.clock.now
  expect(await readFact(tablet.db, 'lastConfirmedAt')).toBe(confirmed)
  tablet.clock.now += HOUR
  await checkIn(tablet, id, ben)
  const [row] = await tablet.db.events.orderBy('outbox').toArray()
  await tablet.db.events.update(row?.row ?? 0, { event: { ...row?.event, site: 'oak' } as EventRow['event'] })
  await tablet.sync.now()
  expect(await tablet.db.events.orderBy('outbox').count()).toBe(0)
  expect([await readFact(tablet.db, 'lastConfirmedAt'), tablet.sync.state().lastConfirmedAt]).toEqual([confirmed, confirmed])
})

test('[S6] A page and its cursor are stored together: a page that fails leaves the cursor where it was', async () => {
  const { server, tablet } = await teaching()
  await tablet.sync.now()
  const before = await readFact(tablet.db, 'cursor')
  server.context.store.apply([studentRecord('finn'), enrolled('finn', ELM)])
  const failing = () => {
    throw new Error('the disk is full')
  }
  tablet.db.records.hook('creating', failing)
  await tablet.sync.now()
  expect(await readFact(tablet.db, 'cursor')).toEqual(before)
  tablet.db.records.hook('creating').unsubscribe(failing)
  await tablet.sync.now()
  expect((await readFact(tablet.db, 'cursor'))?.seq).toBeGreaterThan(before?.seq ?? 0)
  expect(tablet.store.ledger.student(student('finn'))?.student.first).toBe('finn')
})

test.each([
  [
    'somebody else is signed in',
    async (tablet: RealTablet) => {
      const account = await readFact(tablet.db, 'account')
      if (account) await writeFact(tablet.db, 'account', { ...account, me: { ...account.me, account: 'another' } })
    },
  ],
  [
    'another tab has gone on',
    async (tablet: RealTablet) => {
      const cursor = await readFact(tablet.db, 'cursor')
      if (cursor) await writeFact(tablet.db, 'cursor', { ...cursor, seq: cursor.seq - 1 })
    },
  ],
] as const)(
  '[S6] A page counts only while the device stands where it asked: it is asked for anew when meanwhile %s',
  async (_, meanwhile) => {
    const { server, tablet } = await teaching()
    await tablet.sync.now()
    server.context.store.apply([studentRecord('finn'), enrolled('finn', ELM)])
    const { network } = tablet
    const stored: boolean[] = []
    tablet.network = async (schema, method, path, body) => {
      if (isPush(path) || !path.endsWith('/pull')) return network(schema, method, path, body)
      stored.push((await tablet.db.records.get(['student', 'finn'])) !== undefined)
      const reply = await network(schema, method, path, body)
      if (stored.length === 1) await meanwhile(tablet)
      return reply
    }
    await tablet.sync.now()
    expect(stored).toEqual([false, false])
    expect(await tablet.db.records.get(['student', 'finn'])).toBeDefined()
  },
)

test('[S8] The answer that the district was restored makes a device forget nothing of its own, however long it is safe; another school does', async () => {
  const { server, tablet, id } = await teaching()
  await checkIn(tablet, id, ana)
  await tablet.sync.now()
  server.wait(40 * DAY)
  tablet.clock.now += 40 * DAY
  await tablet.sync.now()
  const { epoch } = server.context.log
  const { network } = tablet
  const refuseOnce = (code: string): void => {
    let asked = 0
    tablet.network = async (schema, method, path, body) => {
      if (path.endsWith('/pull') && ++asked === 1) {
        await writeFact(tablet.db, 'verified', { epoch, seq: server.context.log.head(), at: instant(tablet.clock.now) })
        return { kind: 'refused', status: 409, code, message: 'Begin anew.' }
      }
      return path.endsWith('/pull') ? { kind: 'offline' } : network(schema, method, path, body)
    }
  }
  refuseOnce('otherEpoch')
  await tablet.sync.now()
  expect(await tablet.db.events.count()).toBe(2)
  refuseOnce('otherScope')
  await tablet.sync.now()
  expect(await tablet.db.events.count()).toBe(0)
})

test('[S2] What waits because the district has another entry under its id is not settled by that other one, when a page brings it', async () => {
  const { tablet, id } = await teaching()
  await checkIn(tablet, id, ana)
  const { network } = tablet
  tablet.network = async (schema, method, path, body) => {
    const reply = await network(schema, method, path, body)
    return isPush(path) ? { kind: 'offline' } : reply
  }
  await tablet.sync.now()
  const row = (await tablet.db.events.orderBy('outbox').toArray()).at(-1)
  if (!row?.row) throw new Error('nothing waits')
  await tablet.db.events.update(row.row, { event: { ...row.event, at: instant(row.event.at - HOUR) } as EventRow['event'] })
  tablet.network = network
  await tablet.sync.now()
  const held = await tablet.db.events.get(row.row)
  expect([held?.attention, held?.event.at]).toEqual(['idConflict', row.event.at - HOUR])
})

test('[S8] A receipt of another history than the known one has everything offered again by the next page, whichever history that is of', async () => {
  const { server, tablet, id } = await teaching()
  await checkIn(tablet, id, ana)
  await tablet.sync.now()
  const { network } = tablet
  tablet.network = async (schema, method, path, body) => {
    if (!isPush(path)) return { kind: 'offline' }
    const reply = await network(schema, method, path, body)
    if (reply.kind !== 'ok') return reply
    const said = PushReply.parse(reply.value)
    const text = JSON.stringify({ ...(JSON.parse(said.receipt.body) as ReceiptBody), epoch: 'another' })
    return { kind: 'ok', value: schema.parse({ ...said, receipt: { body: text, signature: server.context.receiptKey.signText(text) } }) }
  }
  await checkIn(tablet, id, ben)
  await tablet.sync.now()
  expect(await tablet.db.events.orderBy('outbox').count()).toBe(0)
  const offered: number[] = []
  tablet.network = (schema, method, path, body) => {
    if (isPush(path)) offered.push((body as PushRequest).events.length)
    return network(schema, method, path, body)
  }
  await tablet.sync.now()
  await tablet.sync.now()
  expect(offered).toContain(3)
  expect(await tablet.db.events.orderBy('outbox').count()).toBe(0)
})

test('[S6] A server that asks to begin anew again and again is asked twice in a round, and no more', async () => {
  const { tablet } = await teaching()
  const { network } = tablet
  let asked = 0
  tablet.network = (schema, method, path, body) => {
    if (!path.endsWith('/pull')) return network(schema, method, path, body)
    return Promise.resolve(++asked > 5 ? { kind: 'offline' } : { kind: 'refused', status: 409, code: 'otherEpoch', message: 'Begin anew.' })
  }
  await tablet.sync.now()
  expect([asked, tablet.sync.state().network]).toEqual([2, 'refused'])
})

test('[S6] Whose school it is that was downloaded is said when all of it is there, and not with the first page', async () => {
  const { tablet } = await teaching()
  const cursor = await readFact(tablet.db, 'cursor')
  if (!cursor) throw new Error('nothing was pulled')
  const page = { serverTime: NOW, cursor, head: cursor.seq, records: [], events: [], totals: null, site: ELM }
  const apply = (more: boolean) => applyPage(tablet.db, PullReply.parse({ ...page, more }), instant(tablet.clock.now))
  await apply(true)
  expect(await readFact(tablet.db, 'site')).toBeUndefined()
  await apply(false)
  expect(await readFact(tablet.db, 'site')).toBe(ELM)
})

test('[S4] A checkpoint is kept when the district signed it; a refusal at the door is no answer about what was sent', async () => {
  const { tablet, id } = await teaching()
  const { network } = tablet
  await checkIn(tablet, id, ana)
  await tablet.sync.now()
  const kept = await readFact(tablet.db, 'checkpoint')
  expect(kept).toBeDefined()
  tablet.network = async (schema, method, path, body) => {
    const reply = await network(schema, method, path, body)
    if (reply.kind !== 'ok' || !isPush(path)) return reply
    const said = PushReply.parse(reply.value)
    return {
      kind: 'ok',
      value: schema.parse({ ...said, checkpoint: { body: said.checkpoint?.body ?? '', signature: kept?.signature ?? '' } }),
    }
  }
  await checkIn(tablet, id, ben)
  await tablet.sync.now()
  expect([marks(tablet), await readFact(tablet.db, 'checkpoint')]).toEqual([[], kept])
  for (const [waits, status] of [
    [1, 401],
    [2, 403],
  ] as const) {
    tablet.network = () => Promise.resolve({ kind: 'refused', status, code: 'deviceUnknown', message: 'Sign in on it first.' })
    await checkIn(tablet, id, ben)
    await tablet.sync.now()
    expect([tablet.sync.state().network, marks(tablet).length]).toEqual(['signedOut', waits])
  }
})

test('[S6] A push reply does not move the cursor of the pull', async () => {
  const { tablet, id } = await teaching()
  await tablet.sync.now()
  const before = await readFact(tablet.db, 'cursor')
  const network = tablet.network
  tablet.network = (schema, method, path, body) =>
    isPush(path) ? network(schema, method, path, body) : Promise.resolve({ kind: 'offline' })
  await checkIn(tablet, id, ana)
  await tablet.sync.now()
  expect(marks(tablet)).toEqual([])
  expect(await readFact(tablet.db, 'cursor')).toEqual(before)
})

test('[S7] When the server asks to begin anew, what was pulled goes and comes again; what was recorded here stays', async () => {
  const { tablet, id } = await teaching()
  await checkIn(tablet, id, ana)
  const network = tablet.network
  let asked = 0
  tablet.network = (schema, method, path, body) => {
    if (isPush(path)) return Promise.resolve({ kind: 'offline' })
    return network(schema, method, path, body)
  }
  await tablet.sync.now()
  tablet.network = (schema, method, path, body) => {
    if (!isPush(path) && ++asked === 1) return Promise.resolve({ kind: 'refused', status: 409, code: 'resync', message: 'Begin anew.' })
    return network(schema, method, path, body)
  }
  await tablet.sync.now()
  expect(asked).toBeGreaterThan(1)
  expect(tablet.store.ledger.student(ana)?.student.first).toBe('ana')
  expect(tablet.store.ledger.session(id)?.students.get(ana)?.since).toBe(tablet.clock.now)
})

test('[S9] Signing out takes the names away and keeps every entry that is not confirmed, which the next person sends', async () => {
  const { tablet, id } = await teaching()
  const network = tablet.network
  tablet.network = offline
  await checkIn(tablet, id, ana)
  await tablet.session.signOut()
  expect(tablet.store.ledger.student(ana)).toBeUndefined()
  expect(await tablet.db.records.count()).toBe(0)
  expect(marks(tablet)).toEqual(['saved', 'saved'])
  tablet.network = network
  await tablet.signIn('marsh')
  expect(marks(tablet)).toEqual([])
  expect(tablet.store.ledger.session(id)?.students.has(ana)).toBe(true)
})

test('[S9] A revoked tablet sends what it holds, and then shows nobody any more', async () => {
  const { server, tablet, id } = await teaching()
  await checkIn(tablet, id, ana)
  const device = tablet.store.account?.device.id ?? ''
  server.context.devices.revoke(device)
  await tablet.sync.now()
  expect([tablet.sync.state().network, await tablet.db.records.count(), tablet.store.account]).toEqual(['signedOut', 0, null])
  expect(tablet.store.ledger.student(ana)).toBeUndefined()
  expect((await tablet.db.events.toArray()).map((row) => row.attention)).toEqual(['otherDevice', 'otherDevice'])
  expect(server.context.log.db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(2)
})

test('[S10] Two tablets and the district come to the same totals and say so', async () => {
  const { server, tablet, id } = await teaching()
  await checkIn(tablet, id, ana, ben)
  const session = tablet.store.ledger.session(id)
  if (!session) throw new Error('the session is not there')
  const at = instant(tablet.clock.now + 3 * HOUR)
  await recordEnd(
    tablet.store,
    session,
    at,
    [ana, ben].map((each) => ({ student: each, at })),
  ).done
  await recordCertification(tablet.store, tablet.store.ledger.session(id) ?? session, 'true', 'Rivera').done
  await tablet.sync.now()
  expect(tablet.sync.parity()).toMatchObject({ kind: 'match', asOf: TODAY })
  const second = await openRealTablet(server)
  await second.signIn('marsh')
  expect(second.sync.parity()).toMatchObject({ kind: 'match' })
  expect(second.store.ledger.judge(ana, TODAY)).toEqual(tablet.store.ledger.judge(ana, TODAY))
})

test('[S10] A total that differs is named, not hidden', async () => {
  const { tablet, id } = await teaching()
  await checkIn(tablet, id, ana)
  await tablet.sync.now()
  tablet.store.ledger.putRecord({
    kind: 'absence',
    id: 'mine',
    seq: 1,
    ended: false,
    body: { id: 'mine', student: ben, site: ELM, on: '2026-10-01' as SchoolDate, kind: 'excused', code: 'E' },
  })
  await tablet.sync.now()
  expect(tablet.sync.parity()).toMatchObject({ kind: 'differ', students: [ben] })
})

test('[S10] By other rules, or with something unsent, nothing is said of a difference and nothing of a match', async () => {
  const { tablet } = await teaching()
  await tablet.sync.now()
  const proof = await readFact(tablet.db, 'proof')
  if (!proof) throw new Error('the district proved nothing')
  const compared = (rules: string, unsent: number) =>
    compareTotals({
      ledger: () => tablet.store.ledger,
      proof: { ...proof, rules },
      unsent: () => unsent,
      now: () => instant(tablet.clock.now),
      breathe: async () => undefined,
    })
  expect(await compared(proof.rules, 0)).toMatchObject({ kind: 'match' })
  expect(await compared('of tomorrow', 0)).toMatchObject({ kind: 'provisional', why: 'rules' })
  expect(await compared(proof.rules, 1)).toMatchObject({ kind: 'provisional', why: 'unsent' })
})

test('[S10] A tap while the totals are compared is no difference from the district: what it changed is not there yet', async () => {
  const { tablet, id } = await teaching()
  await tablet.sync.now()
  const proof = await readFact(tablet.db, 'proof')
  if (!proof) throw new Error('the district proved nothing')
  let tapped: Promise<void> | undefined
  const parity = await compareTotals({
    ledger() {
      tapped ??= checkIn(tablet, id, ana, ben)
      return tablet.store.ledger
    },
    proof,
    unsent: () => tablet.store.outbox.rows().length,
    now: () => instant(tablet.clock.now),
    breathe: async () => undefined,
  })
  await tapped
  expect(parity).toMatchObject({ kind: 'provisional', why: 'unsent' })
})

test('[S11] The clock of the answer with the shortest way is believed, and an hour of error stops nothing', () => {
  const far = sample(instant(10_000), instant(0), instant(8_000))
  const near = sample(instant(3_600_100), instant(0), instant(100))
  const samples = withSample(withSample([], far), near)
  expect(estimate(samples, instant(5_100))).toEqual({ offset: 3_600_050, age: 5_000 })
  expect(estimate([], instant(5))).toEqual({ offset: null, age: null })
  const many = Array.from({ length: 20 }, (_, i) => sample(instant(i), instant(i), instant(i)))
  expect(many.reduce(withSample, [] as ReturnType<typeof withSample>)).toHaveLength(8)
})

test('[S11] A tablet an hour slow records, sends and says how far it is off', async () => {
  const { tablet, id } = await teaching()
  tablet.clock.now -= HOUR
  await tablet.sync.now()
  await checkIn(tablet, id, ana)
  const row = (await tablet.db.events.orderBy('outbox').toArray()).at(-1)
  expect(row?.event.clock.offset).not.toBeNull()
  await tablet.sync.now()
  expect(marks(tablet)).toEqual([])
})

test('[S11] The sign-in itself says how the clock stands: what is recorded before anything else is heard carries it', async () => {
  const tablet = await openRealTablet(await smallDistrict())
  const { network } = tablet
  tablet.network = (schema, method, path, body) =>
    path === '/api/sign-in' ? network(schema, method, path, body) : offline(schema, method, path)
  tablet.clock.now += 400 * DAY
  const { me } = await tablet.signIn('rivera')
  tablet.clock.now += HOUR
  await tablet.store.write([{ type: 'SupervisionStarted', site: ELM, session: v7() as SessionId, staff: me.staff }]).done
  const [row] = await tablet.db.events.toArray()
  expect(row?.event.clock).toEqual({ offset: -400 * DAY, age: HOUR })
  // Also when the app was closed before anything was heard.
  expect((await tablet.tab()).clock).toEqual(tablet.store.clock)
})

test('A push too large for the server is halved until it fits', async () => {
  const { tablet, id } = await teaching()
  for (let i = 0; i < 9; i++) await checkIn(tablet, id, student(`s${i}`))
  const network = tablet.network
  const sizes: number[] = []
  tablet.network = (schema, method, path, body) => {
    const size = isPush(path) ? (body as PushRequest).events.length : 0
    if (size > 3) return Promise.resolve({ kind: 'refused', status: 413, code: 'tooLarge', message: 'Too large.' })
    if (size > 0) sizes.push(size)
    return network(schema, method, path, body)
  }
  await tablet.sync.now()
  expect(sizes.reduce((a, b) => a + b)).toBe(10)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(3)
  expect(marks(tablet)).toEqual([])
})

test('A batch keeps the order of recording and stays within its limits', () => {
  const row = (n: number, size = 10): EventRow =>
    ({ id: `${n}`, deviceSeq: n, outbox: n, event: { text: 'x'.repeat(size) } }) as unknown as EventRow
  const rows = Array.from({ length: 700 }, (_, i) => row(i + 1))
  expect(nextBatch(rows).map((each) => each.deviceSeq)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1))
  expect(nextBatch([row(1, 200_000), row(2, 200_000)])).toHaveLength(1)
  expect(nextBatch([row(1, 900_000)])).toHaveLength(1)
})

test('Waiting grows with every failure, to two minutes at most, and never in step with the others', () => {
  expect([0, 1, 2, 3].map((n) => backoff(n, 1))).toEqual([2_000, 4_000, 8_000, 16_000])
  expect(backoff(30, 1)).toBe(120_000)
  expect(backoff(5, 0)).toBe(0)
})

test('[S15] Offline is calm; what has not arrived turns amber when its session has ended and red the next day', () => {
  const due = instant(1_000)
  const state = { ...NOTHING_YET, network: 'offline' as const, unsent: 7, dueAt: due, dueOn: TODAY }
  expect(toneOf(state, instant(999), TODAY)).toBe('calm')
  expect(toneOf(state, due, TODAY)).toBe('amber')
  expect(toneOf(state, due, '2026-11-23' as SchoolDate)).toBe('red')
  expect(toneOf({ ...state, unsent: 0 }, due, TODAY)).toBe('calm')
  expect(toneOf({ ...state, unsent: 0, network: 'online' }, due, TODAY)).toBe('good')
  expect(toneOf({ ...state, unsent: 0, attention: 1 }, instant(0), TODAY)).toBe('red')
})

test('[S15] "Sent" lasts as long as a request is on its way; then it is Confirmed, or saved here again', async () => {
  const { tablet, id } = await teaching()
  const network = tablet.network
  const seen: string[] = []
  const watching: Send = (schema, method, path, body) => {
    if (isPush(path)) seen.push(tablet.store.outbox.markAt(id, ana).kind)
    return network(schema, method, path, body)
  }
  await checkIn(tablet, id, ana)
  expect(tablet.store.outbox.markAt(id, ana).kind).toBe('saved')
  tablet.network = watching
  await tablet.sync.now()
  expect(seen).toContain('sent')
  expect(tablet.store.outbox.markAt(id, ana).kind).toBe('confirmed')
  expect(countsOf(tablet.store.outbox, tablet.store.ledger)).toMatchObject({ unsent: 0, sent: 0, attention: 0, dueAt: null })
})
