/** A district with somebody in it whom nobody needs any more, some years on. */
import { as, type StaffId, type StudentId } from '../../shared/ids.ts'
import { ELM, enrolled, smallDistrict, studentRecord } from './smallDistrict.ts'
import { signedIn, type TestServer } from './testServer.ts'
import { at, openTestTablet } from './testTablet.ts'

export const CANARY = 'Zephyrine'
/** Left the school on a day. */
export const until = (name: string, on: string) => {
  const change = enrolled(name, ELM)
  return { ...change, body: { ...change.body, until: on } } as typeof change
}

/** Canary came to one Saturday in 2026 and left in June 2027; ana is still there; ben left with her and has a note. */
export async function oldDistrict(): Promise<TestServer> {
  const server = await smallDistrict()
  const { store } = server.context
  store.apply([studentRecord(CANARY, '9876543210'), enrolled(CANARY, ELM)])
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday([CANARY, 'ana'])
  const started = tablet.tablet.events[0] as { session: never } | undefined
  const walkIn = {
    type: 'WalkInAdded',
    session: started?.session as never,
    student: as<StudentId>('temp-1'),
    name: `${CANARY} B.`,
  } as const
  tablet.tablet.record(as<StaffId>('rivera'), at('09:30'), walkIn)
  await tablet.push()
  const { browser } = await signedIn(server, 'marsh')
  const said = await browser.ask('POST', '/api/follow-ups', {
    entries: [{ student: CANARY, site: ELM, kind: 'note', text: `${CANARY} has a new telephone number` }],
  })
  if (said.status !== 200) throw new Error(said.text)
  store.apply([until(CANARY, '2027-06-04'), until('ben', '2027-06-04')])
  return server
}

/** Lets the clock of a server go on to a day. */
export const waitUntil = (server: TestServer, on: string) => server.wait(Date.parse(`${on}T20:00:00Z`) - server.context.log.sources.now())
