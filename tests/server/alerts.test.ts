// Alerts: what one should know, once, at the own schools only, and by mail without a student's name.
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { expect, onTestFinished, test } from 'vitest'
import { sendCheckpoint } from '../../server/desk/checkpointMail.ts'
import { readConfig } from '../../server/config.ts'
import { digestLetter } from '../../server/desk/digestMail.ts'
import { sendDigests, smtpSender } from '../../server/desk/mail.ts'
import { verifyLog } from '../../server/log/verify.ts'
import { Checkpoint } from '../../shared/evidence/checkpoint.ts'
import type { AlertsReply } from '../../shared/api/alerts.ts'
import type { RegistrySummary } from '../../shared/api/registry.ts'
import { DAY, type LocalTime, MINUTE, type SchoolDate } from '../../shared/time.ts'
import { ELM, OAK, smallDistrict } from './smallDistrict.ts'
import { type Browser, signedIn } from './testServer.ts'
import { openTestTablet } from './testTablet.ts'
import { REPORT } from '../support/report.ts'

const alertsOf = async (browser: Browser) => (await browser.ask('GET', '/api/alerts')).json<AlertsReply>().alerts
const kinds = async (browser: Browser) => (await alertsOf(browser)).map(({ kind, name, seen }) => [kind, name, seen])

/** A Saturday of ana and ben that nobody certified. */
async function saturday() {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana', 'ben'])
  await tablet.push()
  return { server, tablet }
}

test('Where everything is fine nothing is said', async () => {
  const server = await smallDistrict()
  expect(await alertsOf((await signedIn(server, 'marsh')).browser)).toEqual([])
})

test('A session that was not certified is told the next day, to those whose school it is', async () => {
  const { server } = await saturday()
  expect(await kinds((await signedIn(server, 'marsh')).browser)).toEqual([['notCertified', 'Saturday', false]])
  server.context.store.apply([
    {
      kind: 'staff',
      id: 'idle',
      ended: false,
      body: { id: 'idle', name: 'idle', email: '', sites: [OAK], title: '', certificated: false, employee: true } as never,
    },
  ])
  await server.context.accounts.create('idle', 'idle', 'coordinator', 'a long enough password')
  expect(await alertsOf((await signedIn(server, 'idle')).browser)).toEqual([])
})

test('What somebody has seen is not new again, and what is new is', async () => {
  const { server, tablet } = await saturday()
  const { browser } = await signedIn(server, 'marsh')
  const [first] = await alertsOf(browser)
  expect((await browser.ask('POST', '/api/alerts/seen', { keys: [first?.key] })).status).toBe(200)
  tablet.recordSaturday(['cleo'], 'elm-second' as never)
  await tablet.push()
  expect((await kinds(browser)).filter(([, , seen]) => !seen)).toHaveLength(1)
  expect((await alertsOf((await signedIn(server, 'lund')).browser)).map(({ seen }) => seen)).toEqual([false, false])
})

test('A device that holds something and was not heard for two days is silent; one with nothing is not', async () => {
  const { server, tablet } = await saturday()
  await tablet.browser.ask('POST', '/api/sync/push', { protocol: 1, events: [], report: { ...REPORT, unsent: 3 } })
  server.wait(2 * DAY - 1)
  const silent = async () => (await kinds((await signedIn(server, 'marsh')).browser)).filter(([kind]) => kind === 'deviceSilent')
  expect(await silent()).toEqual([])
  server.wait(1)
  expect(await silent()).toEqual([['deviceSilent', 'Test tablet', false]])
})

test('An import of which nothing was written is told to the district, and no longer once one went well', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  server.context.importRuns.note('lund', 'absences', 'withheld', 3)
  server.context.importRuns.note('lund', 'calendar', 'committed', 0)
  expect(await kinds(browser)).toEqual([['importFailed', 'absences', false]])
  expect(await alertsOf((await signedIn(server, 'marsh')).browser)).toEqual([])
  server.context.importRuns.note('lund', 'absences', 'committed', 0)
  expect(await alertsOf(browser)).toEqual([])
})

test('A school year that begins without a calendar is told to the district, school by school, until it is imported', async () => {
  const server = await smallDistrict()
  const missing = async () => (await kinds((await signedIn(server, 'lund')).browser)).filter(([kind]) => kind === 'calendarMissing')
  const summary = async () => (await (await signedIn(server, 'lund')).browser.ask('GET', '/api/registry')).json<RegistrySummary>()
  server.wait(Date.parse('2027-07-01T06:59:00Z') - server.context.log.sources.now())
  expect(await missing()).toEqual([])
  expect(await summary()).toMatchObject({ year: 2026, sites: [{ id: 'elm', hasCalendar: true }, { id: 'oak' }] })
  server.wait(MINUTE)
  expect(await missing()).toEqual([
    ['calendarMissing', 'Elm School', false],
    ['calendarMissing', 'Oak School', false],
  ])
  expect(await summary()).toMatchObject({
    year: 2027,
    sites: [
      { id: 'elm', hasCalendar: false },
      { id: 'oak', hasCalendar: false },
    ],
  })
  const elm = server.context.store.get('site', 'elm')
  if (!elm) throw new Error('no such school')
  const coming = {
    first: '2027-08-16' as SchoolDate,
    last: '2028-06-02' as SchoolDate,
    day: { from: '08:15' as LocalTime, until: '14:30' as LocalTime },
    noSchool: [],
  }
  server.context.store.apply([{ kind: 'site', id: 'elm', ended: false, body: { ...elm.body, years: [...elm.body.years, coming] } }])
  expect(await missing()).toEqual([['calendarMissing', 'Oak School', false]])
  expect((await signedIn(server, 'marsh').then(({ browser }) => kinds(browser))).filter(([kind]) => kind === 'calendarMissing')).toEqual([])
})

test('Whoever is to decide on a signed period is led to that period', async () => {
  const server = await smallDistrict()
  server.context.approvals.ask('reopenPeriod', 'P-1 2026', 'A sheet was found', 'lund')
  const asked = (await alertsOf((await signedIn(server, 'lund')).browser)).find(({ kind }) => kind === 'reopenAsked')
  expect(asked).toMatchObject({ name: 'P-1 2026', href: '/periods?period=P-1&year=2026' })
})

test('Absences that were not imported for more than a week are told to the district', async () => {
  const server = await smallDistrict()
  server.wait(9 * DAY)
  expect(await kinds((await signedIn(server, 'lund')).browser)).toEqual([['absencesOld', '', false]])
  expect(await alertsOf((await signedIn(server, 'marsh')).browser)).toEqual([])
})

test('A letter goes to each once, says how many and where, and names no student; one that failed goes the next time', async () => {
  const { server } = await saturday()
  const sent: { to: string; text: string }[] = []
  const broken = () => Promise.reject(new Error('no mail server'))
  expect(await sendDigests(server.context, 'https://recoup.example.org', broken)).toBe(0)
  const send = async (to: string, { text }: { readonly text: string }) => void sent.push({ to, text })
  await sendDigests(server.context, 'https://recoup.example.org', send)
  await sendDigests(server.context, 'https://recoup.example.org', send)
  expect(sent.map(({ to }) => to).sort()).toEqual(['lund@example.org', 'marsh@example.org'])
  for (const { text } of sent) {
    expect(text).toContain('- Sessions not certified: 1')
    expect(text).toContain('https://recoup.example.org/alerts')
    expect(text).not.toMatch(/ana|ben|Tester/)
  }
})

test('Nobody is written to about what is fine', () => {
  expect(digestLetter([], 'https://recoup.example.org')).toBeUndefined()
})

test('A mail server needs an address that letters come from', () => {
  expect(readConfig({ RECOUP_SMTP: 'smtp://mail.example.org' })).toMatchObject({ fault: expect.stringContaining('RECOUP_MAIL_FROM') })
  expect(readConfig({ RECOUP_SMTP: 'mail.example.org', RECOUP_MAIL_FROM: 'a@b.org' })).toMatchObject({
    fault: expect.stringContaining('smtp://'),
  })
  expect(readConfig({ RECOUP_SMTP: 'smtps://u:p@mail.example.org', RECOUP_MAIL_FROM: 'a@b.org' })).toMatchObject({
    mail: { url: 'smtps://u:p@mail.example.org', from: 'a@b.org' },
  })
  const sender = { RECOUP_SMTP: 'smtp://mail.example.org', RECOUP_MAIL_FROM: 'a@b.org' }
  expect(readConfig({ ...sender, RECOUP_SMTP_PLAIN: 'yes' })).toMatchObject({ mail: { plain: true } })
  expect(readConfig({ ...sender, RECOUP_SMTP_PLAIN: '0' })).toMatchObject({ fault: expect.stringContaining('RECOUP_SMTP_PLAIN') })
  expect(readConfig({})).not.toHaveProperty('mail')
})

test('Every morning the checkpoint goes to a mailbox outside, and the log is held to the letter', async () => {
  const received: string[] = []
  const mailbox = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        received.push(text)
        done()
      })
    },
  })
  const port = await new Promise<number>((resolve) => {
    const listening = mailbox.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port))
  })
  onTestFinished(() => new Promise<void>((resolve) => mailbox.close(() => resolve())))
  const { server } = await saturday()
  const { context } = server
  await sendCheckpoint(context, ['auditor@example.org', 'board@example.org'], smtpSender(`smtp://127.0.0.1:${port}`, 'recoup@example.org'))
  expect(received).toHaveLength(2)
  const letter = received[0] ?? ''
  expect(letter).toMatch(/^To: auditor@example.org/m)
  expect(letter).not.toMatch(/Tester/)
  // As a mail program shows it.
  const shown = letter
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  const line = shown.split(/\r?\n/).find((one) => one.startsWith('{"body"'))
  const checkpoint = Checkpoint.parse(JSON.parse(line ?? ''))
  expect(verifyLog(context.log, context.receiptKey.publicKey, [checkpoint]).findings).toEqual([])
  context.log.db.exec('DROP TRIGGER chain_never_changes; UPDATE chain SET link = zeroblob(32) WHERE seq = (SELECT max(seq) FROM chain)')
  expect(verifyLog(context.log, context.receiptKey.publicKey, [checkpoint]).findings).toContainEqual(
    expect.objectContaining({ fault: 'checkpointDiffers' }),
  )
  const away = smtpSender('smtp://127.0.0.1:1', 'recoup@example.org')
  await expect(sendCheckpoint(context, ['auditor@example.org'], away)).rejects.toThrow('ECONNREFUSED')
})

test('Who keeps checkpoints is a setting', () => {
  const base = { RECOUP_SMTP: 'smtp://mail.example.org', RECOUP_MAIL_FROM: 'a@b.org' }
  expect(readConfig({ ...base, RECOUP_CHECKPOINT_TO: 'x@example.org, y@example.org' })).toMatchObject({
    mail: { checkpointTo: ['x@example.org', 'y@example.org'] },
  })
  expect(readConfig(base)).not.toHaveProperty('mail.checkpointTo')
})
