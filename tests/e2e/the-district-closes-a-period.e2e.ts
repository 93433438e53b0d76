// The attendance accountant signs P-1, something comes late, and CALPADS wants its file.
import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RosterReply } from '../../shared/api/desk.ts'
import { foldSession } from '../../shared/attendance/fold.ts'
import { as, type SessionId } from '../../shared/ids.ts'
import { addDays, fiscalYearOf, instant, type LocalTime, localInstant, type SchoolDate, schoolDateOf, weekday } from '../../shared/time.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { openDevice } from '../support/device.ts'
import type { District } from '../support/server.ts'
import { as as asPerson, enter } from './screens.ts'
import { openSampleDesk } from './sampleDesk.ts'
import { accessibilityFaults, button, newPage, tellOfFailures } from './steps.ts'

/** The sample's. In July and August the pages begin with the year before. */
const YEAR = fiscalYearOf(schoolDateOf(instant(Date.now()), 'America/Los_Angeles'))
let district: District
let browser: OpenBrowser
let page: Page
tellOfFailures(() => browser?.context)

beforeAll(async () => {
  ;({ district, browser, page } = await openSampleDesk('district'))
})
afterAll(async () => {
  await browser?.close()
  await district?.close()
})

const days = async (): Promise<number> => {
  const reply = await page.request.get(`${district.url}/api/periods/padc.csv?period=P-1&year=${YEAR}`)
  return Number(/Total,(\d+),/.exec(await reply.text())?.[1])
}

/** The sample's year runs with the calendar: in most months its P-1 has not ended, and that is asked. */
async function sign(label: string): Promise<void> {
  await button(page, label).click()
  if ((await page.getByText(/^The period ends on /).count()) > 0) await button(page, 'Sign it early').click()
}

test('P-1 says what is open, and is signed all the same only with a reason', async () => {
  await page.goto(`${district.url}/periods?period=P-1&year=${YEAR}`)
  await page.getByText('Sessions not certified').click()
  await page.getByRole('link', { name: 'Saturday school' }).first().waitFor()
  await page.getByLabel('Your name').fill('Diana Okafor')
  await page.getByText('Something is open on the checklist. Say why you sign all the same.').waitFor()
  await page.getByLabel('Why you sign although something is open').fill('Those sessions are from this week.')
  await sign('Sign P-1')
  await page.getByText('Diana Okafor, ').waitFor()
  await page.getByText('Nothing that came since changes these figures.').waitFor()
})

test('What a tablet brings late changes nothing that was signed: it waits for a supplement', async () => {
  const before = await days()
  await lateSunday()
  await page.reload()
  await page.getByRole('heading', { name: '1 student has other figures than were signed' }).waitFor()
  expect(await days()).toBe(before + 1)
  const signed = await page.request.get(`${district.url}/api/periods/padc.csv?period=P-1&year=${YEAR}&number=0`)
  expect(await signed.text()).toContain(`Total,${before},`)
  await page.getByLabel('Why it is to be opened').fill('A tablet came late.')
  await button(page, 'Ask a second person').click()
  await page.getByText('Somebody else must decide on what you asked for.').first().waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await asPerson({ width: 1440, height: 900 }, async (second) => {
    await enter(second, district.url, 'administrator')
    await second.goto(`${district.url}/periods?period=P-1&year=${YEAR}`)
    await second.getByText(/^Diana Okafor asked on/).waitFor()
    await button(second, 'Agree').click()
    await second.getByText(/^Ana Whitfield agreed on/).waitFor()
  })
  await page.reload()
  await page.getByLabel('Your name').fill('Diana Okafor')
  await page.getByLabel('Why you sign although something is open').fill('The tablet was in a drawer.')
  await sign('Sign the supplement')
  await page.getByText('Supplement 1').waitFor()
  await page.getByText('Nothing that came since changes these figures.').waitFor()
})

test('A STAS file with faults names each of them, and comes back filled in position 24 only', async () => {
  const list = (await district.recoup('export', 'stas', '--year', String(YEAR)).catch((error: { stdout: string }) => error.stdout))
    .split('\r\n')
    .map((line) => line.split(','))
  const [first, second] = list.filter((row) => /^\d{10}$/.test(row[0] ?? ''))
  const line = (row: readonly string[] | undefined, expected = '180') =>
    [
      'STAS',
      '',
      '',
      row?.[1],
      row?.[2],
      row?.[3],
      row?.[0],
      row?.[4],
      'A',
      'B',
      '20150301',
      'F',
      '',
      'N',
      expected,
      '165',
      '0',
      '0',
      '10',
      '5',
      '0',
      '0',
      '',
      '',
    ].join('^')
  const file = path.join(district.data, 'sis-stas.txt')
  const before = `${line(first)}\r\n${line(second, '170')}\r\nSTAS^short\r\n`
  writeFileSync(file, before)
  await page.goto(`${district.url}/state-file?year=${YEAR}`)
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('2 lines were changed, in position 24 only.').waitFor()
  await page.getByRole('cell', { name: 'STAS0318' }).waitFor()
  await page.getByText('A record has 24 positions.').waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download the filled file').click()])
  const after = await readFile(await download.path(), 'utf8')
  expect(after).toBe(`${line(first)}${first?.[8]}\r\n${line(second, '170')}${second?.[8]}\r\nSTAS^short\r\n`)
})

test('What the information system holds is read back, and each difference says who, by how much and why', async () => {
  await district.recoup('set', 'mapping', '--sis', 'schoolwise', 'mark=AR')
  const made = await page.request.get(`${district.url}/api/write-back/schoolwise/schoolwise-day-marks.csv?year=${YEAR}&leaveOut=yes`)
  const [head, first = '', , ...rest] = (await made.text()).split('\r\n')
  const file = path.join(district.data, 'from-the-system.csv')
  writeFileSync(file, [head, first.replace(/,1$/, ',3'), ...rest].join('\r\n'))
  await page.goto(`${district.url}/sis-files?year=${YEAR}`)
  await page.getByRole('heading', { name: 'Compare with what is there' }).waitFor()
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('cell', { name: 'Is there other than the last file said: somebody changed it, or it was not taken' }).waitFor()
  await page.getByRole('cell', { name: '+2' }).waitFor()
  await page.getByRole('cell', { name: 'Was in the last file and is not there: import it again' }).waitFor()
})

test('An auditor is given the packet of P-1 made at the desk: the paper opens, and without a network the file holds', async () => {
  await page.goto(`${district.url}/packets`)
  await page.getByLabel('Period').selectOption('P-1')
  await page.getByLabel('School year').selectOption(String(YEAR))
  await button(page, 'Make the packet').click()
  const taken = path.join(district.data, 'for-the-auditor.json')
  const file = page.getByRole('link', { name: 'File to verify' }).or(button(page, 'File to verify'))
  await file.waitFor({ timeout: 60_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), file.click()])
  await download.saveAs(taken)
  const paper = page.getByRole('link', { name: 'PDF to read' }).or(button(page, 'PDF to read'))
  const [pdf] = await Promise.all([page.waitForEvent('download'), paper.click()])
  expect((await readFile(await pdf.path())).subarray(0, 5).toString()).toBe('%PDF-')
  const elsewhere = await openBrowser({ width: 1024, height: 800 })
  try {
    const verifier = await newPage(elsewhere.context)
    await elsewhere.context.setOffline(true)
    await verifier.goto(pathToFileURL(path.resolve(import.meta.dirname, '../../dist/verify.html')).href)
    await verifier.getByLabel('Audit packet (a .json file)').setInputFiles(taken)
    await verifier.getByRole('heading', { name: 'All holds' }).waitFor({ timeout: 60_000 })
  } finally {
    await elsewhere.close()
  }
})

/** A teacher's tablet brings a certified Sunday of one student who still has an absence to recover. */
async function lateSunday(): Promise<void> {
  const teacher = await openDevice(district.url, 'teacher', 'sample-teacher-password')
  const { asOf, rows } = await teacher.ask<RosterReply>('GET', '/api/roster')
  const site = teacher.signedIn.me.sites[0]
  const student = rows.find((row) => row.site === site && row.remainingDays > 0 && row.pendingDays === 0 && row.ssid !== null)
  if (!student) throw new Error('Everybody has recovered everything')
  const on = addDays(asOf, -7 - weekday(asOf)) as SchoolDate
  const at = (time: string) => localInstant(on, time as LocalTime, 'America/Los_Angeles')
  const session = as<SessionId>(v7())
  const start = { type: 'SessionStarted', session, section: null, on, window: { from: at('08:00'), until: at('13:00') } } as const
  const events = [
    teacher.record({ ...start, breaks: [], room: 'Library', title: 'Sunday', at: at('08:00') }),
    teacher.record({ type: 'StudentCheckedIn', session, student: student.student, at: at('08:00') }),
    teacher.record({ type: 'StudentCheckedOut', session, student: student.student, at: at('13:00') }),
    teacher.record({ type: 'SessionEnded', session, at: at('13:00') }),
  ]
  const { digest } = foldSession(session, events)
  events.push(
    teacher.record({
      type: 'SessionCertified',
      session,
      digest,
      statement: 'I was there.',
      name: 'Teacher',
      method: 'typedName',
      at: at('13:01'),
    }),
  )
  const results = await teacher.push(events)
  expect(results.map((result) => result.outcome)).toEqual(events.map(() => 'accepted'))
}
