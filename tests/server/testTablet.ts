/** A tablet in a test: it records with a proper chain and pushes through the app's own route. */
import type { SignedIn } from '../../shared/api/people.ts'
import type { PullReply, PushReply, PushResult, ReceiptBody } from '../../shared/api/sync.ts'
import type { AttendanceEvent } from '../../shared/events.ts'
import { as, type SessionId, type SiteId } from '../../shared/ids.ts'
import { instant, localInstant, type LocalTime, type SchoolDate } from '../../shared/time.ts'
import { openTablet } from '../../server/sample/tablet.ts'
import { v7 } from 'uuid'
import { SECTION, student } from './smallDistrict.ts'
import { type Answer, type Browser, signedIn, type TestServer } from './testServer.ts'
import { REPORT } from '../support/report.ts'

export const SATURDAY = '2026-11-21' as SchoolDate
/** The session that a recorded Saturday is, unless a test names another. */
export const SESSION = as<SessionId>('elm-2026-11-21')
export const at = (time: string, on = SATURDAY) => localInstant(on, time as LocalTime, 'America/Los_Angeles')
export interface TestTablet {
  readonly browser: Browser
  readonly reply: SignedIn
  readonly tablet: ReturnType<typeof openTablet>
  /** Pushes events (all recorded so far when none are named) and gives the reply. */
  push(events?: readonly unknown[]): Promise<PushReply>
  results(events?: readonly unknown[]): Promise<PushResult[]>
  pull(cursor?: PullReply['cursor'] | null, limit?: number): Promise<Answer>
  /** Every page from the beginning. */
  pullAll(limit?: number): Promise<{ records: PullReply['records']; events: PullReply['events']; last: PullReply; pages: number }>
  /** A whole Saturday, 8:00 to 13:00, of the students named, not yet certified. */
  recordSaturday(names: readonly string[], session?: SessionId): AttendanceEvent[]
}

export async function openTestTablet(server: TestServer, username: string, site: SiteId): Promise<TestTablet> {
  const { browser, reply } = await signedIn(server, username)
  const tablet = openTablet(reply.device.id, site, () => v7())
  const me = reply.me.staff
  const one: TestTablet = {
    browser,
    reply,
    tablet,
    async push(events = tablet.events) {
      const answer = await browser.ask('POST', '/api/sync/push', { protocol: 1, events, report: REPORT })
      if (answer.status !== 200) throw new Error(answer.text)
      return answer.json<PushReply>()
    },
    async results(events) {
      const { receipt } = await one.push(events)
      return (JSON.parse(receipt.body) as ReceiptBody).results
    },
    pull: (cursor = null, limit = 5000) => browser.ask('POST', '/api/sync/pull', { protocol: 1, cursor, asOf: '2026-11-22', limit }),
    async pullAll(limit = 5000) {
      const records: PullReply['records'] = []
      const events: PullReply['events'] = []
      let cursor: PullReply['cursor'] | null = null
      for (let pages = 1; ; pages++) {
        const page: PullReply = (await one.pull(cursor, limit)).json<PullReply>()
        records.push(...page.records)
        events.push(...page.events)
        cursor = page.cursor
        if (!page.more) return { records, events, last: page, pages }
      }
    },
    recordSaturday(names, id = SESSION) {
      const from = tablet.events.length
      const window = { from: at('08:00'), until: at('13:00') }
      tablet.record(me, at('07:55'), {
        type: 'SessionStarted',
        session: id,
        section: SECTION,
        on: SATURDAY,
        window,
        breaks: [],
        room: 'Library',
        title: 'Saturday',
      })
      for (const [i, name] of names.entries()) {
        tablet.record(me, instant(at('08:00') + i * 1000), { type: 'StudentCheckedIn', session: id, student: student(name) })
      }
      for (const name of names) tablet.record(me, at('13:00'), { type: 'StudentCheckedOut', session: id, student: student(name) })
      tablet.record(me, at('13:01'), { type: 'SessionEnded', session: id })
      return tablet.events.slice(from)
    },
  }
  return one
}
