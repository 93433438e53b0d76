// Who recorded something: only who signed in on the device. What it offers in any other name waits for a person.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backup } from '../../server/log/backup.ts'
import type { QuarantineReply } from '../../shared/api/desk.ts'
import type { PushReply, Receipt, ReceiptBody } from '../../shared/api/sync.ts'
import { as, type EventId } from '../../shared/ids.ts'
import { NEVER_SIGNED_IN } from '../../shared/sync/asideDetails.ts'
import { instant } from '../../shared/time.ts'
import { ELM, smallDistrict } from '../server/smallDistrict.ts'
import { browserOf, newFolder, NOW, PASSWORD, restored, signedIn, type Browser } from '../server/testServer.ts'
import { at, openTestTablet, SESSION, type TestTablet } from '../server/testTablet.ts'
import { REPORT } from '../support/report.ts'

const resultsOf = (reply: PushReply) => (JSON.parse(reply.receipt.body) as ReceiptBody).results
const outcomes = (reply: PushReply) => resultsOf(reply).map(({ outcome, reason }) => reason ?? outcome)

/** Somebody else signs in on a tablet, as people do who share one. */
async function signInOn({ browser, reply }: TestTablet, username: string): Promise<Receipt> {
  const answer = await browser.ask('POST', '/api/sign-in', {
    username,
    password: PASSWORD,
    deviceName: 'Test tablet',
    device: reply.device.id,
  })
  const said = answer.json<typeof reply>()
  expect(said.device.id).toBe(reply.device.id)
  return said.signInRecord as Receipt
}

test('[S3] a signature in the name of somebody who never signed in on the tablet waits for a person; once they have, theirs is taken', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  await tablet.push(tablet.recordSaturday(['ana']))
  const sign = () =>
    tablet.tablet.record(as('marsh'), at('13:05'), {
      type: 'SessionCertified',
      session: SESSION,
      digest: 'x',
      statement: 'In person',
      name: 'Marsh',
      method: 'typedName',
    })
  expect(await tablet.results([sign()])).toMatchObject([{ outcome: 'quarantined', reason: 'unknownActor' }])
  const { browser } = await signedIn(server, 'marsh')
  const { rows } = (await browser.ask('GET', '/api/quarantine')).json<QuarantineReply>()
  expect(rows.map(({ detail }) => detail)).toEqual([NEVER_SIGNED_IN])
  // She signed in elsewhere: that says nothing of this tablet.
  expect(await tablet.results([sign()])).toMatchObject([{ outcome: 'quarantined', reason: 'unknownActor' }])
  await signInOn(tablet, 'marsh')
  expect(await tablet.results([sign()])).toMatchObject([{ outcome: 'accepted' }])
})

test('[S3] nobody decides on what was set aside in the name of a coordinator who never signed in there', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const [start] = tablet.recordSaturday([])
  await tablet.push([start])
  const odd = tablet.tablet.record(as('nobody'), at('08:10'), { type: 'SessionEnded', session: SESSION })
  expect(await tablet.results([odd])).toMatchObject([{ outcome: 'quarantined' }])
  const decided = { type: 'ReviewDecided', event: as<EventId>(odd.id), decision: 'accept', reason: 'It was me' } as const
  expect(await tablet.results([tablet.tablet.record(as('marsh'), at('14:00'), decided)])).toMatchObject([{ reason: 'unknownActor' }])
  expect(server.context.log.db.prepare('SELECT 1 FROM event WHERE id = ?').get(odd.id)).toBeUndefined()
})

test('[S9] who signed out, or was signed out elsewhere, has signed in there once: what was recorded meanwhile is taken', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  await tablet.browser.ask('POST', '/api/sign-out')
  const { browser } = await signedIn(server, 'rivera')
  expect((await browser.ask('POST', '/api/signed-in/end', { which: 'others' })).status).toBe(200)
  expect(outcomes(await tablet.push())).toEqual(tablet.tablet.events.map(() => 'accepted'))
})

test('[S8] after a backup older than a sign-in was put back, the record of it shows who recorded: that of this device, this person, and unchanged', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const another = await openTestTablet(server, 'osei', as('oak'))
  await tablet.push(tablet.recordSaturday([]))
  const copy = join(newFolder(), 'copy')
  expect(await backup(server.context.log.db, server.folder, copy, instant(NOW))).toBeUndefined()
  const record = await signInOn(tablet, 'marsh')
  const elsewhere = await signInOn(another, 'marsh')
  const notes = ['08:10', '08:11', '08:12', '08:13'].map((time) =>
    tablet.tablet.record(as('marsh'), at(time), { type: 'SupervisionStarted', session: SESSION, staff: as('marsh') }),
  )
  expect(outcomes(await tablet.push(notes))).toEqual(notes.map(() => 'accepted'))

  const back = await restored(server, copy)
  const browser: Browser = browserOf(back.app, tablet.browser.cookies)
  const push = async (n: number, signIns?: readonly Receipt[]) => {
    const answer = await browser.ask('POST', '/api/sync/push', {
      protocol: 2,
      events: [notes[n]],
      report: REPORT,
      ...(signIns && { signIns }),
    })
    return outcomes(answer.json<PushReply>())
  }
  expect(await push(0)).toEqual(['unknownActor'])
  const changed = { ...record, body: record.body.replace(/"at":\d/, '"at":2') }
  const ofRivera = tablet.reply.signInRecord as Receipt
  expect(await push(1, [elsewhere, changed, ofRivera, { body: 'no record', signature: '' }])).toEqual(['unknownActor'])
  expect(await push(2, [changed, record])).toEqual(['accepted'])
  // From now on it is known again.
  expect(await push(3)).toEqual(['accepted'])
})

test('[S3] who shares a tablet and says elsewhere to be that tablet records there in nobody else’s name, without the records it holds', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  await tablet.push(tablet.recordSaturday([]))
  const record = await signInOn(tablet, 'marsh')
  const events = ['13:05', '13:06', '13:07'].map((time) =>
    tablet.tablet.record(as('marsh'), at(time), { type: 'SupervisionStarted', session: SESSION, staff: as('marsh') }),
  )
  const elsewhere = server.browser()
  const asked = { username: 'rivera', password: PASSWORD, deviceName: 'At home', device: tablet.reply.device.id }
  expect((await elsewhere.ask('POST', '/api/sign-in', asked)).json()).toMatchObject({ device: { id: tablet.reply.device.id } })
  const push = async (n: number, signIns: readonly Receipt[]) =>
    outcomes(
      (await elsewhere.ask('POST', '/api/sync/push', { protocol: 2, events: [events[n]], report: REPORT, signIns })).json<PushReply>(),
    )
  expect(await push(0, [])).toEqual(['unknownActor'])
  expect(await push(1, [record])).toEqual(['accepted'])
  expect(await push(2, [])).toEqual(['accepted'])
})

test('with the update a device may record for whoever is signed in on it, is known there, or has recorded there what is in the log', async () => {
  const { context } = await smallDistrict().then(async (server) => {
    const tablet = await openTestTablet(server, 'rivera', ELM)
    await tablet.push(tablet.recordSaturday([]))
    await signInOn(tablet, 'marsh')
    await tablet.browser.ask('POST', '/api/sign-out')
    await signInOn(tablet, 'lund')
    server.context.log.db
      .prepare("DELETE FROM known_device WHERE account IN (SELECT id FROM account WHERE staff IN ('rivera', 'lund'))")
      .run()
    return server
  })
  const { db } = context.log
  const rows = () => db.prepare('SELECT staff FROM signed_in ORDER BY staff').pluck().all()
  expect(rows()).toEqual(['lund', 'marsh', 'rivera'])
  db.exec('DROP TABLE signed_in')
  db.exec(readFileSync('server/log/migrations/0374-signed-in.sql', 'utf8'))
  expect(rows()).toEqual(['lund', 'marsh', 'rivera'])
})
