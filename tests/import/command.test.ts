import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importCommand } from '../../server/cli/import.ts'
import type { RegistryStore } from '../../server/registry/store.ts'
import { ImportReport, IMPORT_SOURCES } from '../../shared/api/registry.ts'
import { instant } from '../../shared/time.ts'
import { DISTRICT, files } from '../support/importing.ts'
import { memoryRegistry } from '../support/memoryRegistry.ts'

async function recoup(store: RegistryStore, ...args: string[]): Promise<{ exit: number; out: string; err: string; closed: number }> {
  const said = { out: '', err: '', closed: 0 }
  const io = { stdout: { write: (text: string) => void (said.out += text) }, stderr: { write: (text: string) => void (said.err += text) } }
  const now = () => instant(Date.UTC(2026, 10, 22, 18))
  const exit = await importCommand(args, io, () => ({
    store,
    log: { sources: { now } },
    importRuns: { note: () => undefined },
    close: () => void (said.closed += 1),
  }))
  return { exit, ...said }
}
const roster = join(DISTRICT, 'oneroster')

describe('recoup import', () => {
  it('previews unless told to commit', async () => {
    const store = memoryRegistry()
    const { exit, out, closed } = await recoup(store, 'oneroster', roster)
    expect([exit, closed, store.writes()]).toEqual([0, 1, 0])
    expect(out).toContain('What oneroster would change. Nothing was written; add --commit to write it.')
    expect(out).toMatch(/^students +- +400 +- +- +-$/m)
    expect(await recoup(store, 'oneroster', roster, '--commit')).toMatchObject({ exit: 0, closed: 1 })
    expect(store.list('student')).toHaveLength(400)
  })

  it('says on the side that a district begins, and names it as the export does', async () => {
    const store = memoryRegistry()
    const { err } = await recoup(store, 'oneroster', roster, '--commit')
    expect(err).toBe('There is no district yet: one begins with this import, in the time zone America/Los_Angeles.\n')
    expect(store.get('district', 'district')?.body).toMatchObject({ name: 'Willow Valley Unified School District', sample: false })
    expect(store.list('policy')).toHaveLength(1)
    const bare = memoryRegistry()
    await recoup(bare, 'schools', join(DISTRICT, 'sis/schools.csv'), '--commit')
    expect(bare.get('district', 'district')?.body.name).toBe('My district')
    await recoup(bare, 'oneroster', roster, '--commit')
    expect(bare.get('district', 'district')?.body.name).toBe('Willow Valley Unified School District')
  })

  it('prints one report and nothing else as JSON, whatever the outcome', async () => {
    const store = memoryRegistry()
    const report = (text: string) => ImportReport.parse(JSON.parse(text))
    const path = await files({ 'schools.csv': 'School Code,School Name\n100,Alder\n200,\n', 'broken.csv': 'x\n' })
    expect(report((await recoup(store, 'schools', join(path, 'schools.csv'), '--json')).out)).toEqual({
      rows: { schools: 2 },
      added: { district: 1, sites: 1 },
      changed: {},
      unchanged: {},
      ended: {},
      faults: [{ file: 'schools.csv', line: 3, column: 'School Name', value: '', expected: 'the school’s name', code: 'schoolName' }],
      notes: ['There is no district yet: one begins with this import, in the time zone America/Los_Angeles.'],
    })
    const refused = await recoup(store, 'schools', join(path, 'broken.csv'), '--json')
    expect([refused.exit, report(refused.out).faults.length]).toEqual([2, 1])
  })

  it('ends with 1 when there are faults, and writes the good rows; with all or nothing it writes none', async () => {
    const path = join(await files({ 'schools.csv': 'School Code,School Name\n100,Alder\n200,\n' }), 'schools.csv')
    const store = memoryRegistry()
    expect((await recoup(store, 'schools', path)).exit).toBe(1)
    const withheld = await recoup(store, 'schools', path, '--commit', '--all-or-nothing')
    expect([withheld.exit, store.writes()]).toEqual([1, 0])
    expect(withheld.out).toContain('nothing was written')
    const done = await recoup(store, 'schools', path, '--commit')
    expect([done.exit, store.list('site').length]).toEqual([1, 1])
    expect(done.out).toContain(
      '1 fault; rows with faults are passed over:\nschools.csv: School Name: expected the school’s name\n  line 3 has nothing\n',
    )
  })

  it('puts faults of one sort together', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${i},`)
    const path = join(await files({ 'schools.csv': ['School Code,School Name', ...rows] }), 'schools.csv')
    const { out } = await recoup(memoryRegistry(), 'schools', path)
    expect(out).toContain('3000 faults')
    expect(out).toContain(
      'line 2 has nothing; line 3 has nothing; line 4 has nothing; line 5 has nothing; line 6 has nothing; and 1995 more',
    )
    expect(out).toContain('1000 more faults are not listed: put these right first')
  })

  it.each([
    [[], "error: missing required argument 'source'"],
    [['oneroster'], "error: missing required argument 'path'"],
    [['excel', 'x'], "command-argument value 'excel' is invalid"],
    [['schools', 'x', '--force'], "error: unknown option '--force'"],
    [['schools', 'x', 'y'], 'too many arguments'],
  ])('does not understand %j', async (args, sentence) => {
    const { exit, out, err, closed } = await recoup(memoryRegistry(), ...args)
    expect([exit, out, closed]).toEqual([2, '', 0])
    expect(err).toContain(sentence)
  })

  it('refuses what is not there, in one sentence', async () => {
    const { exit, out } = await recoup(memoryRegistry(), 'schools', '/nowhere/schools.csv')
    expect([exit, out]).toEqual([
      2,
      'schools.csv cannot be imported.\nschools.csv: expected a file or folder that exists and can be read: /nowhere/schools.csv does not\n',
    ])
  })

  it('explains every source with an example', async () => {
    const { exit, out } = await recoup(memoryRegistry(), '--help')
    expect(exit).toBe(0)
    for (const source of IMPORT_SOURCES) expect(out).toMatch(new RegExp(`recoup import ${source} `))
  })

  it('says how far it is when that takes more than a second', async () => {
    const path = join(await files({}), 'codes.csv')
    await writeFile(path, `Code,Kind\n${Array.from({ length: 4_000 }, (_, i) => `${i},excused`).join('\n')}\n`)
    let at = 0
    let err = ''
    const io = { stdout: { write: () => undefined }, stderr: { write: (text: string) => void (err += text) } }
    await importCommand(['codes', path], io, () => ({
      store: memoryRegistry(),
      log: { sources: { now: () => instant((at += 600)) } },
      importRuns: { note: () => undefined },
      close: () => undefined,
    }))
    expect(err).toMatch(/^4000 rows read\n/)
  })
})
