// Following students up: what is written stays, is seen only where it belongs, and the last import is told apart from what was known.
import { expect, test } from 'vitest'
import type { FollowUpsReply, LettersReply } from '../../shared/api/followUps.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { absent, ELM, OAK, smallDistrict } from './smallDistrict.ts'
import { signedIn } from './testServer.ts'

const note = (student: string, site: string, text: string) => ({ entries: [{ student, site, kind: 'note', text }] })

test('What a coordinator writes is there with its author and time, and in the order written', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  expect((await browser.ask('POST', '/api/follow-ups', note('ana', ELM, 'Called the mother.'))).status).toBe(200)
  server.wait(20 * MINUTE)
  const assigned = { student: 'ana', site: ELM, kind: 'assigned', to: 'rivera', due: '2026-12-01', text: '' }
  const outcome = { student: 'ana', site: ELM, kind: 'outcome', outcome: 'willCome', text: 'From Saturday on.' }
  expect((await browser.ask('POST', '/api/follow-ups', { entries: [assigned, outcome] })).status).toBe(200)
  const { entries } = (await browser.ask('GET', `/api/follow-ups?site=${ELM}`)).json<FollowUpsReply>()
  expect(entries.map(({ kind, text, byName, toName, due, outcome: out }) => [kind, text, byName, toName, due, out])).toEqual([
    ['note', 'Called the mother.', 'marsh of the staff', '', null, null],
    ['assigned', '', 'marsh of the staff', 'rivera of the staff', '2026-12-01', null],
    ['outcome', 'From Saturday on.', 'marsh of the staff', '', null, 'willCome'],
  ])
  expect((entries[1]?.at ?? 0) - (entries[0]?.at ?? 0)).toBe(20 * MINUTE)
})

test('Nothing written can be changed or taken away, not even past the routes', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  await browser.ask('POST', '/api/follow-ups', note('ana', ELM, 'Called.'))
  expect(() => server.context.log.db.exec("UPDATE follow_up SET text = 'x'")).toThrow('never changed')
  expect(() => server.context.log.db.exec('DELETE FROM follow_up')).toThrow('never deleted')
})

test('A student of another school is not there, and an empty note says nothing', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  expect((await browser.ask('POST', '/api/follow-ups', note('dora', ELM, 'Hello'))).status).toBe(404)
  expect((await browser.ask('POST', '/api/follow-ups', note('dora', OAK, 'Hello'))).status).toBe(404)
  expect((await browser.ask('GET', `/api/follow-ups?site=${OAK}`)).status).toBe(404)
  expect((await browser.ask('POST', '/api/follow-ups', note('ana', ELM, '   '))).status).toBe(400)
  expect((await browser.ask('GET', '/api/follow-ups')).json<FollowUpsReply>().entries).toEqual([])
})

test('A list of many is written whole or not at all', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  const entries = ['ana', 'ben', 'dora'].map((student) => ({ student, site: ELM, kind: 'letter', text: 'Invitation' }))
  expect((await browser.ask('POST', '/api/follow-ups', { entries })).status).toBe(404)
  expect((await browser.ask('GET', '/api/follow-ups')).json<FollowUpsReply>().entries).toEqual([])
})

test('The first import is nobody’s news; a later one tells who has more to recover, at the own schools only', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  expect((await browser.ask('GET', '/api/follow-ups')).json<FollowUpsReply>().imported?.added).toEqual({})
  server.wait(2 * HOUR)
  const partial = { ...absent('ben', ELM, '2026-10-03') }
  server.context.store.apply([
    absent('ana', ELM, '2026-10-01'),
    absent('ana', ELM, '2026-10-02'),
    absent('dora', OAK, '2026-10-02'),
    { ...partial, body: { ...(partial.body as object), kind: 'partialDay' } } as typeof partial,
  ])
  const marsh = (await signedIn(server, 'marsh')).browser
  expect((await marsh.ask('GET', '/api/follow-ups')).json<FollowUpsReply>().imported?.added).toEqual({ ana: 2 })
})

test('What is worth a look is the district’s choice; ten absences and two missed sessions until it chooses', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  const choices = async () => (await browser.ask('GET', '/api/follow-ups')).json<FollowUpsReply>().choices
  expect(await choices()).toEqual({ eligibleFrom: 10, missedInRow: 2 })
  expect((await browser.ask('PUT', '/api/follow-ups/choices', { eligibleFrom: 6, missedInRow: 3 })).status).toBe(200)
  expect(await choices()).toEqual({ eligibleFrom: 6, missedInRow: 3 })
  expect((await browser.ask('PUT', '/api/follow-ups/choices', { eligibleFrom: 0, missedInRow: 3 })).status).toBe(400)
})

test('The newest wording of a letter holds, and an empty one goes back to the original', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  const put = (title: string, body: string) => browser.ask('PUT', '/api/letters', { kind: 'invite', language: 'es', title, body })
  await put('Hola', 'Venga {{student}}')
  await put('Hola otra vez', 'Venga pronto {{student}}')
  const templates = async () => (await browser.ask('GET', '/api/letters')).json<LettersReply>().templates
  expect((await templates()).map(({ title, body, byName }) => [title, body, byName])).toEqual([
    ['Hola otra vez', 'Venga pronto {{student}}', 'lund of the staff'],
  ])
  await put('', '')
  expect(await templates()).toEqual([])
})
