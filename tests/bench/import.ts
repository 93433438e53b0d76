/** A district of 6,000 students from its files, beside putting the same rows into SQLite as they are. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { BIG } from '../support/bigDistrict.ts'
import { writeDistrict } from '../support/writeDistrict.ts'
import type { Line } from './line.ts'

const run = promisify(execFile)
const FILES = [
  ['oneroster', 'oneroster'],
  ['schools', 'sis/schools.csv'],
  ['calendar', 'sis/calendar.csv'],
  ['students', 'sis/students.csv'],
  ['codes', 'sis/attendance-codes.csv'],
  ['absences', 'sis/absences.csv'],
] as const

interface Took {
  readonly seconds: number
  readonly megabytes: number
}

export async function importBench(): Promise<Line[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recoup-import-'))
  const measure = async (...args: string[]): Promise<Took> => {
    const { stdout } = await run(process.execPath, [path.join(import.meta.dirname, 'importRun.ts'), folder, ...args])
    return JSON.parse(stdout) as Took
  }
  try {
    const files = path.join(folder, 'files')
    await writeDistrict(files, BIG)
    const took = { preview: 0, commit: 0, again: 0, megabytes: 0 }
    const add = (step: 'preview' | 'commit' | 'again', { seconds, megabytes }: Took) => {
      took[step] += seconds
      took.megabytes = Math.max(took.megabytes, megabytes)
    }
    for (const [source, file] of FILES) {
      add('preview', await measure(source, path.join(files, file)))
      add('commit', await measure(source, path.join(files, file), '--commit'))
    }
    for (const [source, file] of FILES) add('again', await measure(source, path.join(files, file), '--commit'))
    const bare = await measure('bare', files)
    return [
      { what: `import of ${BIG.students} students, preview`, value: took.preview, unit: 's', reference: bare.seconds, most: { value: 10 } },
      { what: 'the same, written', value: took.commit, unit: 's', reference: bare.seconds, most: { value: 10 } },
      { what: 'the same again: nothing changes', value: took.again, unit: 's', reference: bare.seconds, most: { value: 10 } },
      { what: 'most memory of any of them', value: took.megabytes, unit: 'MB', reference: bare.megabytes, most: { value: 300 } },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
