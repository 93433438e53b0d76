/** Writes the sample district again: `npx node tests/support/writeDistrict.ts server/sample/district`. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeDistrict } from './makeDistrict.ts'
import type { DistrictSize } from './makeDistrict.ts'

/** The district that `recoup sample` shows: two schools, 400 students. */
export const SAMPLE: DistrictSize = { seed: 2026, schools: 2, students: 400, classesEach: 5, absencesEach: 4.5 }

/** Writes the files of a district under a folder. */
export async function writeDistrict(folder: string, size: DistrictSize): Promise<void> {
  for (const [path, text] of makeDistrict(size)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

const [, script = '', folder] = process.argv
if (folder !== undefined && script.endsWith('writeDistrict.ts')) await writeDistrict(folder, SAMPLE)
