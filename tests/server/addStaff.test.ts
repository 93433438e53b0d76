// Somebody of the staff whom no file brings: a substitute, a teacher who came back. Added by hand, known to the schools, and met again by files.
import { expect, test } from 'vitest'
import type { PeopleReply, StaffAdded } from '../../shared/api/people.ts'
import { bring, files } from '../support/importing.ts'
import { ELM, OAK, smallDistrict, staff } from './smallDistrict.ts'
import { signedIn, type TestServer } from './testServer.ts'
import { openTestTablet } from './testTablet.ts'

const PERSON = { name: 'Noor Haddad', email: 'Noor@example.org', sites: ['elm'], title: 'Substitute', certificated: true }
const asked = async (server: TestServer, username = 'lund') => {
  const { browser } = await signedIn(server, username)
  return (change: object = {}) => browser.ask('POST', '/api/staff', { ...PERSON, ...change })
}
const named = (server: TestServer, name: string) => server.context.store.list('staff').filter(({ body }) => body.name === name)

test('Somebody who is added is on the staff list, is told to the tablets of the school, and may be invited; who added is kept', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const { last } = await tablet.pullAll()
  const add = await asked(server)
  const added = (await add()).json<StaffAdded>()
  expect(added.isBack).toBe(false)
  const { browser } = await signedIn(server, 'lund')
  const { people } = (await browser.ask('GET', '/api/people')).json<PeopleReply>()
  expect(people.find((one) => one.staff === added.staff)).toEqual({ staff: added.staff, ...PERSON, employee: true, account: null })
  const told = (await tablet.pull(last.cursor)).json<{ records: { id: string; kind: string }[] }>()
  expect(told.records).toMatchObject([{ kind: 'staff', id: added.staff }])
  const by = server.context.log.db.prepare('SELECT b.staff FROM record_by b JOIN record r ON r.seq = b.seq WHERE r.id = ?').pluck()
  expect(by.get(added.staff)).toBe('lund')
  expect((await browser.ask('POST', '/api/people/invites', { staff: [added.staff], role: 'substitute' })).status).toBe(200)
})

test('One address is one person: who has it already is named, and nobody is added', async () => {
  const server = await smallDistrict()
  const add = await asked(server)
  expect((await add()).status).toBe(200)
  // Sent again because the answer was lost, or by somebody else.
  const again = await add({ name: 'N. Haddad', email: ' noor@EXAMPLE.org ' })
  expect([again.status, again.json()]).toMatchObject([
    409,
    { code: 'emailTaken', message: 'Noor Haddad is on the staff list with this address.' },
  ])
  expect((await add({ email: 'rivera@example.org' })).json()).toMatchObject({ code: 'emailTaken' })
  // Of the district, and so at no school: an account that is open is nobody to bring back.
  expect((await add({ email: 'lund@example.org' })).json()).toMatchObject({ code: 'emailTaken' })
  expect(named(server, 'N. Haddad')).toEqual([])
})

test('Who left comes back as the same person, unless the account was one that whoever adds may not give', async () => {
  const server = await smallDistrict()
  const { accounts, store } = server.context
  const left = (id: string) => {
    const held = store.get('staff', id)
    if (held) store.apply([{ ...held, body: { ...held.body, sites: [] } }])
  }
  left('idle')
  const add = await asked(server)
  const back = (await add({ name: 'Idle Again', email: 'idle@example.org', sites: ['elm', 'oak'] })).json<StaffAdded>()
  expect(back).toEqual({ staff: staff('idle'), isBack: true })
  expect(store.get('staff', 'idle')?.body).toMatchObject({ name: 'Idle Again', sites: [ELM, OAK], title: 'Substitute' })
  await accounts.create('idle', 'idle', 'administrator', 'seven green turtles walk')
  const account = accounts.byStaff('idle')
  if (account) accounts.change(account, { state: 'disabled' })
  left('idle')
  expect((await add({ email: 'idle@example.org' })).json()).toMatchObject({ code: 'emailTaken' })
})

test('Only people who keep the registry add somebody, with an address and schools that there are', async () => {
  const server = await smallDistrict()
  expect((await (await asked(server, 'marsh'))()).status).toBe(403)
  expect((await (await asked(server, 'rivera'))()).status).toBe(403)
  const add = await asked(server)
  expect((await add({ sites: ['elm', 'nowhere'] })).status).toBe(404)
  for (const wrong of [{ email: '' }, { email: 'noor' }, { email: 'noor@here and there' }, { name: '  ' }, { employee: false }])
    expect((await add(wrong)).status, JSON.stringify(wrong)).toBe(400)
  expect(named(server, 'Noor Haddad')).toEqual([])
})

test('A file that brings the same person later does not make two, and neither does one after it', async () => {
  const server = await smallDistrict()
  const add = await asked(server)
  const { staff: id } = (await add()).json<StaffAdded>()
  const export_ = await files({
    'orgs.csv': ['sourcedId,name,type,identifier', 'o1,Elm School,school,elm', 'o2,Oak School,school,oak'],
    'users.csv': ['sourcedId,orgSourcedIds,role,givenName,familyName,email,identifier', 'u1,o1,teacher,Noor,Haddad,noor@example.org,4711'],
  })
  for (const round of [1, 2]) {
    const { outcome, report } = await bring(server.context.store, 'oneroster', export_)
    expect([outcome, report.faults], String(round)).toEqual(['committed', []])
    expect(named(server, 'Noor Haddad').map((one) => one.id)).toEqual([id])
  }
  expect(server.context.store.get('staff', id)?.body).toMatchObject({ certificated: true, sites: [ELM], email: 'noor@example.org' })
})
