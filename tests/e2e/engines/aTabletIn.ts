/** One tablet's hard days, in whatever engine: played by Chromium with the other scenarios, by Firefox and WebKit with `npm run e2e:engines`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StudentReply } from '../../../shared/api/desk.ts'
import type { SectionId } from '../../../shared/ids.ts'
import { type Imported, importedDistrict, PASSWORD } from '../imported.ts'
import { type Browser, type Engine, within } from './engine.ts'
import {
  emptyTheStorage,
  fillTheStorage,
  hangAfterTheNextWrite,
  isNoted,
  isReplaced,
  isSpaceGiven,
  newVersionWaits,
  pressAt,
} from './inThePage.ts'
import { type Page, pageOf } from './page.ts'
import { unpackReleased } from './released.ts'

/** More than a tablet's school takes, and little enough to be filled. */
const ROOM = 64 * 1_048_576

/** `storage: false` leaves out the full and the emptied storage, where the debugger sees to both in another scenario. */
export function aTabletIn(engine: Engine, { storage = true } = {}): void {
  let school: Imported
  /** The tablet in hand: its profile, and the browser that is open on it. */
  let profile: string
  let browser: Browser
  let isOpen = false
  let page: Page
  let roster: string
  const profiles: string[] = []
  const names = (): string[] => school.students.map(({ name }) => name)
  const at = (i: number): string => names()[i] ?? ''
  const newTab = async (): Promise<Page> => pageOf(await browser.tab(), school.district.url)
  const open = async (room?: number): Promise<void> => {
    browser = await engine.open(profile, room)
    isOpen = true
    page = await newTab()
  }
  const end = async (how: 'close' | 'kill'): Promise<void> => {
    isOpen = false
    await browser[how]()
  }
  const newTablet = async (): Promise<void> => {
    if (isOpen) await end('close')
    profile = mkdtempSync(path.join(tmpdir(), `recoup-${engine.name}-`))
    profiles.push(profile)
    await open()
  }
  const signIn = async (): Promise<void> => {
    await page.goto('/')
    await page.types('User name', school.teacher.username)
    await page.types('Password', PASSWORD)
    await page.press({ name: 'Sign in' })
    await page.sees({ text: /^Ready for offline/ }, 60_000)
  }
  const start = async (section: string): Promise<void> => {
    await page.goto('/today')
    await page.press({ name: `Start session: ${section}` })
    await page.sees({ name: 'End session' })
    roster = await page.tab.run(() => location.href)
  }
  const everythingConfirmed = async (): Promise<void> => {
    await page.goto('/outbox')
    await page.press({ name: 'Try now' }).catch(() => undefined)
    await page.sees({ text: 'Everything is confirmed' }, 90_000)
  }
  const endEmpty = async (): Promise<void> => {
    await page.goto(roster)
    await page.press({ name: 'End session' })
    await page.press({ name: /^All leave now/ })
    await page.press({ name: 'End session', last: true })
    // Not left before it is written down.
    await page.sees({ name: /^Certify/ })
  }

  beforeAll(async () => {
    school = await importedDistrict()
    await section('Homework club')
    await section('Reading room')
    await newTablet()
  })
  afterAll(async () => {
    if (isOpen) await end('kill')
    for (const each of profiles) rmSync(each, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    await school?.district.close()
  })

  test(`${engine.name}: with the server gone the app opens again, and a session is kept: in, out, undone, a walk-in`, async () => {
    await signIn()
    // Closed in peace, once: browsers write cookies down some seconds late, and this tablet was signed in days ago.
    await end('close')
    await school.district.kill()
    await open()
    await start('Study hall')
    for (const name of names().slice(0, 5)) await page.press(tap('in', name))
    for (const name of names().slice(0, 5)) await page.sees({ row: name, text: 'Saved here' })
    await page.press(tap('out', at(0)))
    await page.press(tap('in', at(5)))
    await hereNow(page, 5)
    await page.press({ name: 'Undo' })
    await hereNow(page, 4)
    await page.press({ name: 'Add walk-in' })
    await page.types('Name', 'Rosa New')
    await page.press({ name: 'Add “Rosa New” and match later' })
    await page.sees({ row: 'Rosa New', text: 'Saved here' })
    await page.tab.reload()
    await hereNow(page, 5)
  })

  test(`${engine.name}: [S1] killed between the write and the paint, with every process at once, it still holds the tap`, async () => {
    await page.sees(tap('in', at(6)))
    await page.tab.run(hangAfterTheNextWrite)
    void page.press(tap('in', at(6))).catch(() => undefined)
    await hangs(page)
    await end('kill')
    await open()
    await page.goto(roster)
    await page.sees({ row: at(6), text: 'Saved here' })
    await hereNow(page, 6)
  })

  test(`${engine.name}: a page left in the middle of its reading and writing does not hold up the next one`, async () => {
    for (let i = 0; i < 8; i++) {
      await page.goto(roster)
      await new Promise((resolve) => setTimeout(resolve, i * 40))
    }
    await hereNow(page, 6)
  })

  test(`${engine.name}: [S13] two tabs record at the same moment, both keep it and both show it`, async () => {
    const other = await newTab()
    await other.goto(roster)
    for (const each of [page, other]) for (const i of [7, 8]) await each.sees(tap('in', at(i)))
    const moment = Date.now() + 500
    await Promise.all([page.tab.run(pressAt, `check in ${at(7)}`, moment), other.tab.run(pressAt, `check in ${at(8)}`, moment)])
    for (const each of [page, other]) {
      await hereNow(each, 8)
      for (const i of [7, 8]) await each.sees({ row: at(i), text: 'Saved here' })
    }
    await other.tab.close()
  })

  test(`${engine.name}: ended and certified without a network, and still so after a reload`, async () => {
    await endEmpty()
    await page.press({ name: /^Certify/ })
    await page.types('Type your name to sign', school.teacher.name)
    await page.press({ name: 'Certify', last: true })
    await page.sees({ text: `Certified by ${school.teacher.name}` })
    await page.tab.reload()
    await page.sees({ text: `Certified by ${school.teacher.name}` })
    await page.sees({ row: 'Rosa New', text: 'Saved here' })
  })

  test(`${engine.name}: [S10] the server comes back, everything turns Confirmed, and the totals match the district`, async () => {
    await school.district.start()
    await everythingConfirmed()
    await page.goto('/device')
    await page.sees({ text: /^Totals match the district/ }, 60_000)
    for (const i of [0, 6, 7, 8]) expect(await taps(i), at(i)).toEqual(['StudentCheckedIn', 'StudentCheckedOut'])
  })

  test.runIf(storage)(
    `${engine.name}: [S1] on a full disk a tap is still saved, in the space kept for it, and the screen says so`,
    async () => {
      await end('close')
      await open(ROOM)
      await start('Reading room')
      for (let i = 0; i < 150 && (await page.tab.run(isSpaceGiven)); i++) await new Promise((resolve) => setTimeout(resolve, 200))
      expect(await page.tab.run(isSpaceGiven)).toBe(false)
      await school.district.kill()
      expect(await page.tab.run(fillTheStorage)).toBeGreaterThan(1_000_000)
      // What the engine had set aside for the file already may be enough for a few.
      const came: number[] = []
      for (let i = 0; i < names().length && !(await page.tab.run(isSpaceGiven)); i++) {
        await page.press(tap('in', at(i)))
        await page.sees({ row: at(i), text: 'Saved here' })
        came.push(i)
      }
      await page.sees({ text: /^This device’s storage is full/ })
      await end('close')
      await open()
      await page.goto(roster)
      for (const i of came) await page.sees({ row: at(i), text: 'Saved here' })
      await endEmpty()
      await school.district.start()
      await everythingConfirmed()
      for (const i of came) expect((await taps(i)).slice(-2), at(i)).toEqual(['StudentCheckedIn', 'StudentCheckedOut'])
    },
  )

  test.runIf(storage)(
    `${engine.name}: [S9] when the browser empties the storage, the tablet says what is safe and what may be lost`,
    async () => {
      await page.goto(roster)
      await page.tab.run(isNoted)
      // An address of the same origin where the app does not run: nobody holds the database open.
      await page.goto('/api/health')
      await page.tab.run(emptyTheStorage)
      await page.goto('/')
      await page.sees({ text: 'This device’s storage was emptied by the browser' })
      await page.sees({ text: /entries of it were confirmed by the district and are safe there/ })
      await page.press({ name: 'I have read this' })
      await page.misses({ text: 'This device’s storage was emptied by the browser' })
    },
  )

  test(`${engine.name}: [S9] [S12] an older version is replaced while entries are unsent: it asks first, and the new one sends them`, async () => {
    const older = unpackReleased()
    await school.district.kill()
    await school.district.start({ RECOUP_DIST: older })
    await newTablet()
    await signIn()
    await start('Homework club')
    await page.press(tap('in', at(9)))
    await page.sees({ row: at(9), text: 'Confirmed' }, 60_000)
    // The server is replaced first; the tablet finds the new version, and may not take it while a session is running.
    await school.district.kill()
    await school.district.start()
    await page.tab.reload()
    await page.tab.run(newVersionWaits)
    await school.district.kill()
    await page.press(tap('in', at(10)))
    await page.sees({ row: at(10), text: 'Saved here' })
    await page.misses({ name: 'Update now' })
    await endEmpty()
    await page.goto('/today')
    await page.press({ name: 'Update now' })
    // The page begins anew when it is replaced, perhaps while it is asked.
    await page.tab.run(isReplaced).catch(() => page.tab.run(isReplaced))
    await page.goto(roster)
    await page.sees({ row: at(10), text: 'Saved here' })
    await school.district.start()
    await everythingConfirmed()
    expect(await taps(10)).toEqual(['StudentCheckedIn', 'StudentCheckedOut'])
    rmSync(older, { recursive: true })
  })

  /** What the district's log holds of a student today that still stands, in order. */
  async function taps(i: number): Promise<string[]> {
    const student = school.students[i]?.id
    const { events } = await school.administrator.ask<StudentReply>('GET', `/api/students/${student}?asOf=${school.today}`)
    return events.flatMap((event) => {
      const { type, student: whose } = event as { type: string; student?: string }
      return whose === student && type.startsWith('StudentChecked') ? [type] : []
    })
  }

  async function section(name: string): Promise<void> {
    await school.administrator.ask('PUT', '/api/sections', {
      section: { ...school.section, id: v7() as SectionId, name, room: '14' },
      ended: false,
    })
  }
}

const tap = (does: 'in' | 'out', name: string) => ({ name: new RegExp(`check ${does} ${name}( again)?$`, 'i') })
const hereNow = (page: Page, count: number): Promise<void> => page.sees({ name: new RegExp(`^Here\\s*${count}$`) })

/** Waits until the page answers nothing any more. */
async function hangs(page: Page): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const answers = await within(
      5_000,
      'the page',
      page.tab.run(() => true),
    ).catch(() => false)
    if (!answers) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The page never hung: it wrote nothing')
}
