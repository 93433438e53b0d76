// @vitest-environment jsdom
// A coordinator at the checklist of the own school: what stands open before a period can be signed, and the way from each line to where it is put right.
import { atDesk, offline } from './deskAt.tsx'
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { setLanguage } from '../../client/words/index.ts'
import { reportDistrict } from '../report/reportDistrict.ts'
import { ELM, OAK, studentRecord } from '../server/smallDistrict.ts'
import { SESSION } from '../server/testTablet.ts'
import { REPORT } from '../support/report.ts'
import { signedBy } from '../support/signedByOther.ts'

const OF_P1 = '/site/checklist?period=P-1&year=2026'

/** Elm, where marsh signed in place of the teacher, ana has no number, an entry is set aside and a tablet holds something. */
async function muchOpen() {
  const district = await reportDistrict()
  const { server, tablet } = district
  await signedBy(district, 'marsh')
  const [first] = tablet.tablet.events
  const report = { ...REPORT, unsent: 2 }
  await tablet.browser.ask('POST', '/api/sync/push', { protocol: 1, events: [{ ...first, at: 1 }], report })
  server.context.store.apply([studentRecord('ana', null)])
  return server
}

const item = async (name: string): Promise<ReturnType<typeof within>> => {
  const summary = await screen.findByText(name)
  await userEvent.click(summary)
  const open = summary.closest('details')
  if (!open) throw new Error(`${name} does not open`)
  return within(open)
}
const hrefs = (open: { getAllByRole(role: string): HTMLElement[] }) => open.getAllByRole('link').map((link) => link.getAttribute('href'))

test('The desk leads to the checklist, and each line to where it is put right', async () => {
  const { reopen } = await atDesk('/site/devices', 'marsh', await muchOpen())
  expect(screen.getByRole('link', { name: 'Checklist' }).getAttribute('href')).toBe('/site/checklist')
  reopen(OF_P1)
  await screen.findByRole('heading', { name: 'Are we ready?' })
  expect(hrefs(await item('Signed by somebody who did not supervise'))).toEqual([`/session/${SESSION}`])
  expect(hrefs(await item('Entries set aside'))).toEqual(['/site/set-aside'])
  expect(hrefs(await item('Devices that hold unsent entries'))).toEqual(['/site/devices'])
  // Only the office imports: the line leads to the student, and it is said who does it.
  const noSsid = await item('Students without a statewide identifier')
  expect(hrefs(noSsid)).toEqual(['/student/ana?asOf=2026-11-22'])
  expect(noSsid.getByText(/The district office does this: tell them which\.$/)).toBeDefined()
  expect((await item('Entries set aside')).queryByText(/The district office does this/)).toBeNull()
})

test('A school where nothing stands open is told so, also in Spanish', async () => {
  await atDesk(OF_P1, 'marsh', (await reportDistrict()).server)
  expect(await screen.findByText('Nothing stands open at Elm School.')).toBeDefined()
  setLanguage('es')
  expect(await screen.findByText('No queda nada pendiente en Elm School.')).toBeDefined()
  expect(screen.getByRole('heading', { level: 1, name: 'Lista de control' })).toBeDefined()
})

test('Without a network the page says why it is empty, and asks again', async () => {
  const { reopen } = await atDesk('/site/devices', 'marsh', (await reportDistrict()).server)
  offline()
  reopen(OF_P1)
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeDefined()
  expect(screen.queryByText(/^Nothing stands open/)).toBeNull()
})

test('Who coordinates two schools looks at one after the other', async () => {
  const server = await muchOpen()
  const { store } = server.context
  const record = store.get('staff', 'marsh')
  if (record) store.apply([{ kind: 'staff', id: 'marsh', ended: false, body: { ...record.body, sites: [ELM, OAK] } }])
  await atDesk(OF_P1, 'marsh', server)
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'School' }), 'Elm School')
  expect(await screen.findByText('Signed by somebody who did not supervise')).toBeDefined()
  expect(await item('Signed by somebody who did not supervise')).toBeDefined()
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'School' }), 'Oak School')
  expect(await screen.findByText('Nothing stands open at Oak School.')).toBeDefined()
})

test('The district has its checklist with the period, and no page of a school beside it', async () => {
  await atDesk(OF_P1, 'lund', await muchOpen())
  expect(await screen.findByText('There is no such page')).toBeDefined()
  expect(screen.queryByRole('link', { name: 'Checklist' })).toBeNull()
})
