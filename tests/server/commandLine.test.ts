import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { run } from '../../server/cli/main.ts'
import { smallDistrict } from './smallDistrict.ts'
import { newFolder } from './testServer.ts'

const DOOR = join(import.meta.dirname, '..', '..', 'server', 'cli', 'recoup.mjs')

/** Runs `recoup` over a data folder, as a person would. */
async function recoup(data: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [DOOR, ...args], { env: { ...process.env, RECOUP_DATA: data, PORT: '0', HOST: '127.0.0.1' } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  child.stderr.on('data', (chunk) => (err += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

/** The same in this process: for what a command says before it does anything. */
async function saidOf(data: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  vi.stubEnv('RECOUP_DATA', data)
  let [out, err] = ['', '']
  const code = await run(args, { stdout: { write: (text: string) => (out += text) }, stderr: { write: (text: string) => (err += text) } })
  return { code, out, err }
}
const said = (...args: string[]) => saidOf(newFolder(), ...args)
/** Over a district with nothing in it yet. */
async function saidOfDistrict(...args: string[]) {
  return saidOf((await smallDistrict()).folder, ...args)
}
afterEach(() => vi.unstubAllEnvs())

test('recoup sample fills an empty folder and names the accounts; a folder with a district is left alone', async () => {
  const data = newFolder()
  const first = await recoup(data, 'sample')
  expect(first.code).toBe(0)
  expect(first.out).toContain('teacher\tteacher\tsample-teacher-password')
  const second = await recoup(data, 'sample')
  expect([second.code, second.out, second.err]).toEqual([
    2,
    '',
    'This data folder already holds a district. Choose an empty one: RECOUP_DATA=FOLDER recoup sample\n',
  ])
})

test('recoup export roster writes the roster with a header, of one school or all, as of a date', async () => {
  const data = newFolder()
  expect((await recoup(data, 'export', 'roster')).err).toContain(`There is no district in ${data}.`)
  await recoup(data, 'sample')
  const all = await recoup(data, 'export', 'roster')
  expect(all.out.split('\r\n')).toHaveLength(402)
  expect(all.out.startsWith('Student ID,State Student ID,Last Name,First Name,Grade,School,As Of,')).toBe(true)
  const one = await recoup(data, 'export', 'roster', '--site', '100', '--as-of', '2026-08-01')
  expect(one.out).toContain(',Alder Creek Elementary School,2026-08-01,')
  expect(one.out).not.toContain('Mesa Verde')
  expect(await recoup(data, 'export', 'roster', '--as-of', 'yesterday')).toEqual({
    code: 2,
    out: '',
    err: '--as-of yesterday: give a date that exists, such as 2026-11-20.\n',
  })
  expect((await recoup(data, 'export', 'roster', '--site', '7')).err).toContain(
    'there is no such school. Known are 100 (Alder Creek Elementary School)',
  )
})

test('recoup user adds, lists and disables, also while a server runs on the same data', async () => {
  const data = newFolder()
  await recoup(data, 'sample')
  const server = spawn(process.execPath, [DOOR, 'serve'], { env: { ...process.env, RECOUP_DATA: data, PORT: '0', HOST: '127.0.0.1' } })
  const [line] = (await once(server.stdout, 'data')) as [Buffer]
  const address = /http:\S+/.exec(String(line))?.[0]
  const added = await recoup(data, 'user', 'add', 'R.Lin', '--name', 'Rosa Lin', '--role', 'teacher', '--site', '100')
  expect(added.out).toMatch(/^r\.lin\thttp:\/\/127\.0\.0\.1:\d+\/invite\/[\w-]{43}\n$/)
  const token = added.out.trim().split('/invite/')[1]
  const invite = await fetch(`${address}/api/invites/${token}`)
  expect(await invite.json()).toMatchObject({ name: 'Rosa Lin', username: 'r.lin', role: 'teacher' })
  expect((await recoup(data, 'user', 'disable', 'r.lin')).out).toBe('r.lin can no longer sign in.\n')
  expect((await recoup(data, 'user', 'list')).out).toContain('r.lin\tteacher\tdisabled\tRosa Lin\n')
  expect((await fetch(`${address}/api/invites/${token}`)).status).toBe(404)
  const ended = once(server, 'close')
  server.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

test.each([
  [['nonsense'], "error: unknown command 'nonsense'"],
  [['user', 'add', 'x'], "error: required option '--name <name>' not specified"],
  [['restore', '/nowhere'], '/nowhere holds no backup'],
  [['serve', '--fast'], "error: unknown option '--fast'"],
])('recoup %j is not understood, in one sentence and with exit code 2', async (args, sentence) => {
  const { code, err, out } = await said(...args)
  expect(code).toBe(2)
  expect(err).toContain(sentence)
  expect(err).not.toMatch(/^\s+at /m)
  expect(out).toBe('')
})

test.each([
  [['user', 'add', 'x', '--name', 'X', '--role', 'king'], '--role king: choose one of teacher, substitute'],
  [['user', 'add', 'x', '--name', 'X', '--role', 'teacher', '--site', 'mars'], '--site mars: there is no such school.'],
  [['user', 'add', 'x', '--name', 'X', '--role', 'teacher', '--staff', 'idle', '--no-certificated'], '--certificated is for somebody new.'],
  [['user', 'disable', 'x'], 'There is no account x.'],
  [['user', 'new-password', 'x'], 'There is no account x.'],
  [['user', 'forget-factor', 'x'], 'There is no account x.'],
  [['user', 'sign-ins', '--most', 'abc'], '--most abc: give a number of lines'],
  [['user', 'refusals', '--most', '0'], '--most 0: give a number of lines'],
  [['hold', '--student', 'mars', '--name', 'N', '--reason', 'R'], '--student mars: there is no student with this id or local number.'],
  [['set', 'rtae'], 'set rtae: choose one of rate, cost, mapping.'],
  [['set', 'rate', '--from', '2026-07-01', '--dollars', '1'], '--span: choose one of TK/K-3'],
  [['set', 'rate', '--span', '4-6', '--from', 'July', '--dollars', '1'], '--from July: give a date that exists'],
  [['set', 'rate', '--span', '4-6', '--from', '2026-07-01', '--dollars', 'abc'], '--dollars "abc": give dollars'],
  [['set', 'rate', 'x', '--span', '4-6', '--from', '2026-07-01', '--dollars', '1'], 'x: set rate takes options alone.'],
  [['set', 'cost', '--what', 'Teachers', '--on', 'soon', '--dollars', '450'], '--on soon: give a date that exists'],
  [['set', 'mapping', '--sis', 'ares', 'program=AR'], '--sis ares: choose one of aeries'],
  [['set', 'mapping', '--sis', 'aeries', 'program'], 'program: give name=value, such as program=AR.'],
])('recoup %j says where a district’s command was not understood, and what it expects', async (args, sentence) => {
  const { code, err, out } = await saidOfDistrict(...args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(sentence)
})

test.each([
  [['backup', '/nowhere/copy']],
  [['verify']],
  [['checkpoint']],
  [['export', 'roster']],
  [['user', 'list']],
  [['retention']],
  [['hold']],
  [['set', 'rate', '--span', '4-6', '--from', '2026-07-01', '--dollars', '1']],
  [['import', 'schools', 'schools.csv']],
])('recoup %j refuses a folder without a district, names it, and makes nothing in it', async (args) => {
  const data = join(newFolder(), 'data')
  expect(await saidOf(data, ...args)).toEqual({
    code: 2,
    out: '',
    err: `There is no district in ${data}. Give the folder that holds it: RECOUP_DATA=FOLDER npx recoup ...\n`,
  })
  expect(existsSync(data)).toBe(false)
})

test('a hold names a student by id or by local number, as a packet does', async () => {
  const { folder, context } = await smallDistrict()
  const { localId } = context.store.get('student', 'ana')?.body ?? { localId: '' }
  for (const wanted of ['ana', localId]) {
    const held = await saidOf(folder, 'hold', '--student', wanted, '--name', 'Rosa Lin', '--reason', 'A complaint')
    expect(held.out).toMatch(/^Hold \d: nothing of ana is erased/)
  }
})

test('a substitute counts as a teacher does, unless it is said that there is no certification', async () => {
  const { folder, context } = await smallDistrict()
  const add = (username: string, role: string, ...more: string[]) =>
    saidOf(folder, 'user', 'add', username, '--name', username, '--role', role, ...more)
  expect((await add('sub', 'substitute')).err).toContain('Time under this person counts')
  expect((await add('aide', 'substitute', '--no-certificated')).err).toContain('counts for nobody')
  await add('head', 'coordinator')
  await add('teaching.head', 'coordinator', '--certificated')
  const certificated = (username: string) => context.store.get('staff', context.accounts.byName(username)?.staff ?? '')?.body.certificated
  expect(['sub', 'aide', 'head', 'teaching.head'].map(certificated)).toEqual([true, false, false, true])
  expect((await said('user', 'add', '--help')).out).toContain('substitute')
})

test('recoup user new-password prints a link by which somebody sets another', async () => {
  const { folder, context } = await smallDistrict()
  const { out } = await saidOf(folder, 'user', 'new-password', 'rivera')
  expect(out).toMatch(/^rivera\thttp:\S+\/invite\/[\w-]{43}\n$/)
  expect(context.accounts.invited(out.trim().split('/invite/')[1] ?? '')?.username).toBe('rivera')
  await saidOf(folder, 'user', 'disable', 'rivera')
  expect((await saidOf(folder, 'user', 'new-password', 'rivera')).err).toContain('no link lets this person in')
})

test('every command explains itself with examples', async () => {
  for (const args of [
    ['serve'],
    ['sample'],
    ['export', 'roster'],
    ['export', 'stas'],
    ['export', 'padc'],
    ['export', 'money'],
    ['export', 'writeback'],
    ['reconcile'],
    ['set'],
    ['checklist'],
    ['sign'],
    ['packet'],
    ['user', 'add'],
    ['user', 'list'],
    ['user', 'disable'],
    ['user', 'new-password'],
    ['user', 'forget-factor'],
    ['backup'],
    ['restore'],
    ['import'],
    ['totals'],
    ['verify'],
    ['checkpoint'],
  ]) {
    const { code, out } = await said(...args, '--help')
    expect(code, args.join(' ')).toBe(0)
    expect(out, args.join(' ')).toMatch(/Examples?:\n {2}(\S+ )*recoup /)
  }
})
