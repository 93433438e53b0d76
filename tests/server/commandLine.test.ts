import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { run } from '../../server/cli/main.ts'
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
async function said(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  vi.stubEnv('RECOUP_DATA', newFolder())
  let [out, err] = ['', '']
  const code = await run(args, { stdout: { write: (text: string) => (out += text) }, stderr: { write: (text: string) => (err += text) } })
  return { code, out, err }
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
  expect((await recoup(data, 'export', 'roster')).err).toContain('There is no district in this data folder.')
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
  [['user', 'add', 'x', '--name', 'X', '--role', 'king'], '--role king: choose one of teacher, substitute'],
  [['user', 'add', 'x', '--name', 'X', '--role', 'teacher', '--site', 'mars'], '--site mars: there is no such school.'],
  [['user', 'disable', 'x'], 'There is no account x.'],
  [['user', 'forget-factor', 'x'], 'There is no account x.'],
  [['restore', '/nowhere'], '/nowhere holds no backup'],
  [['serve', '--fast'], "error: unknown option '--fast'"],
])('recoup %j is not understood, in one sentence and with exit code 2', async (args, sentence) => {
  const { code, err, out } = await said(...args)
  expect(code).toBe(2)
  expect(err).toContain(sentence)
  expect(err).not.toMatch(/^\s+at /m)
  expect(out).toBe('')
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
