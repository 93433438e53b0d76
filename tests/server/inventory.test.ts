// What stands beside the log cannot be taken away unseen either: who was shown what, who signed in, what was set aside.
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { run } from '../../server/cli/main.ts'
import { openBackups } from '../../server/log/backups.ts'
import { keepTaking, SIGN_INS_KEPT } from '../../server/log/inventory.ts'
import { verifyLog } from '../../server/log/verify.ts'
import { DAY, HOUR, MINUTE } from '../../shared/time.ts'
import { relink, withoutTriggers } from '../support/tamper.ts'
import { ELM, smallDistrict } from './smallDistrict.ts'
import { newFolder, NOW, restored, signedIn, type TestServer } from './testServer.ts'
import { openTestTablet } from './testTablet.ts'

const findings = ({ context: { log, receiptKey } }: Pick<TestServer, 'context'>) => verifyLog(log, receiptKey.publicKey).findings
const faults = (server: TestServer) => findings(server).map(({ fault, what }) => `${fault} ${what}`)
const taken = ({ context }: TestServer) =>
  context.log.db
    .prepare<[], { seq: number; body: string }>("SELECT seq, body FROM record_version WHERE kind = 'inventory' ORDER BY seq")
    .all()

/** Somebody signed in, was shown a student, and a tablet offered what could not be taken. */
async function busyDistrict(): Promise<TestServer> {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  await browser.ask('GET', '/api/students/ana')
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const [start] = tablet.recordSaturday(['ana'])
  await tablet.push([{ ...start, site: 'nowhere' }])
  return server
}

test.each([
  ['disclosure', 'DELETE FROM disclosure WHERE id = (SELECT max(id) FROM disclosure)'],
  ['disclosure', "UPDATE disclosure SET student = 'ben' WHERE student = 'ana'"],
  ['sign_in', 'DELETE FROM sign_in WHERE id = 1'],
  ['sign_in', "UPDATE sign_in SET outcome = 'passwordChanged' WHERE id = 1"],
  ['quarantine', 'DELETE FROM receipt WHERE id IN (SELECT receipt FROM quarantine); DELETE FROM quarantine'],
])('a row of %s that was taken down and is changed or gone is noticed: %s', async (table, sql) => {
  const server = await busyDistrict()
  const { db } = server.context.log
  withoutTriggers(db)
  for (const name of ['disclosure_never_changes', 'sign_in_never_changes']) db.exec(`DROP TRIGGER ${name}`)
  server.context.inventory.take()
  expect(findings(server)).toEqual([])
  db.exec(sql)
  expect(faults(server)).toEqual([expect.stringMatching(`^inventoryDiffers ${table} 1-`)])
})

test('an inventory that is changed, or stands in the place of another, is not taken for one, though every link fits', async () => {
  const server = await busyDistrict()
  const { db } = server.context.log
  server.context.inventory.take()
  server.wait(HOUR)
  await (await signedIn(server, 'lund')).browser.ask('GET', '/api/students/ben')
  server.context.inventory.take()
  const [first, second] = taken(server)
  if (!first || !second) throw new Error('two inventories were due')
  withoutTriggers(db)
  const put = (body: string) => {
    db.prepare('UPDATE record_version SET body = ? WHERE seq = ?').run(body, second.seq)
    relink(db, 1)
  }
  put(second.body.replace(/"rows":\d+/, '"rows":0'))
  expect(faults(server)).toEqual([expect.stringMatching('^inventoryForged')])
  put(first.body)
  db.prepare('UPDATE record_version SET id = ? WHERE seq = ?').run((JSON.parse(first.body) as { id: string }).id, second.seq)
  relink(db, 1)
  expect(faults(server)).toEqual([expect.stringMatching('^inventoryForged')])
})

test('one is taken when rows were added, at most every hour, and no device is told of it', async () => {
  const server = await busyDistrict()
  const { inventory, log } = server.context
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const seq = inventory.take()
  expect(seq).toBe(log.head())
  await signedIn(server, 'lund')
  expect(inventory.take()).toBeUndefined()
  server.wait(HOUR)
  expect(inventory.take()).toBe(log.head())
  server.wait(HOUR)
  expect(inventory.take()).toBeUndefined()
  expect(taken(server).map(({ body }) => Object.keys((JSON.parse(body) as { rows: object }).rows))).toEqual([
    ['disclosures', 'setAside', 'signIns'],
    ['signIns'],
  ])
  const told = await tablet.pullAll()
  expect(told.records.map(({ kind }) => kind as string)).not.toContain('inventory')
  expect(findings(server)).toEqual([])
})

test('a running server looks every ten minutes whether one is due', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const take = vi.fn<(least?: number) => undefined>()
  const stop = keepTaking({ take })
  vi.advanceTimersByTime(10 * MINUTE - 1)
  expect(take.mock.calls).toEqual([])
  vi.advanceTimersByTime(10 * MINUTE + 1)
  expect(take.mock.calls).toEqual([[], []])
  stop()
  vi.advanceTimersByTime(HOUR)
  expect(take.mock.calls).toHaveLength(2)
})

test('where the disk is full there is none, which is noted and stops nothing that was to follow; the next one has what was left out', async () => {
  const server = await busyDistrict()
  const { condition, inventory, log } = server.context
  log.db.pragma(`max_page_count = ${Number(log.db.pragma('page_count', { simple: true }))}`)
  const addRow = log.db.prepare("INSERT INTO sign_in (at, outcome) VALUES (?, 'x')")
  const more = () => {
    addRow.run(NOW)
    return inventory.take(0)
  }
  const count = () => taken(server).length
  while (more() !== undefined) expect(count()).toBeLessThan(100)
  expect(condition.now().disk).toBe('full')
  const before = count()
  log.db.pragma('max_page_count = 1000000')
  expect(inventory.take(0)).toBe(log.head())
  expect(count()).toBe(before + 1)
  expect(findings(server)).toEqual([])
})

test('sign-ins that have grown too old go, and nobody is blamed; a younger one that goes is noticed', async () => {
  const server = await busyDistrict()
  const { inventory, log } = server.context
  inventory.take()
  server.wait(SIGN_INS_KEPT + DAY)
  await signedIn(server, 'lund')
  expect(log.db.prepare('SELECT count(*) FROM sign_in').pluck().get()).toBe(1)
  inventory.take()
  expect(findings(server)).toEqual([])
  log.db.exec('DELETE FROM sign_in')
  expect(faults(server)).toEqual([expect.stringMatching('^inventoryDiffers sign_in')])
})

test('a copy, by hand or on schedule, and a printed checkpoint come after an inventory of everything before them', async () => {
  const server = await busyDistrict()
  const { config, inventory, log } = server.context
  const copies = newFolder()
  const recoup = async (...args: string[]) => {
    vi.stubEnv('RECOUP_DATA', server.folder)
    let out = ''
    const write = (text: string): unknown => (out += text)
    const code = await run(args, { stdout: { write }, stderr: { write } })
    vi.unstubAllEnvs()
    return { code, out }
  }
  const add = async () => void (await signedIn(server, 'lund'))
  expect((await recoup('backup', join(copies, 'by-hand'))).code).toBe(0)
  expect(taken(server)).toHaveLength(1)
  await add()
  expect((await recoup('checkpoint')).out).toContain(`number ${log.head()}`)
  expect(taken(server)).toHaveLength(2)
  await add()
  const plan = { folder: join(copies, 'planned'), everyMinutes: 60, keep: 1 }
  const backups = openBackups(
    log,
    config.data,
    plan,
    () => undefined,
    () => void inventory.take(0),
  )
  expect(await backups.run()).toBeUndefined()
  await backups.stop()
  expect(taken(server)).toHaveLength(3)
  expect(findings(await restored(server, join(copies, 'by-hand')))).toEqual([])
})
