// Faults are explained in the reader's language: each explanation has a code and its values beside the English of files and the command line.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { en, es } from '../../client/words/importFaults.ts'
import { EXPECTED, type ExpectedCode } from '../../server/registry/import/expected.ts'
import type { ImportFault } from '../../shared/api/registry.ts'
import { ImportSource } from '../../shared/api/registry.ts'
import { bring, bringLines } from '../support/importing.ts'
import { memoryRegistry } from '../support/memoryRegistry.ts'

const BROKEN = join(import.meta.dirname, '../data/broken')
const faultsOf = async (lines: readonly string[]): Promise<readonly ImportFault[]> =>
  (await bringLines(memoryRegistry(), 'students', ['Student ID,Last Name,First Name,Grade,School Code,State Student ID', ...lines])).report
    .faults

it('What was expected is said in Spanish with its values, and in English as before', async () => {
  const [grade, twice] = await faultsOf(['1,Cruz,Ana,PK,100,', '2,Campos,Lucía,05,100,', '2,Díaz,Eva,05,100,'])
  expect(grade && [en(grade), es(grade)]).toEqual(['a grade from TK to 12', 'un grado de TK a 12'])
  expect(twice && [en(twice), es(twice)]).toEqual([
    'a number of this student alone: line 3 has it with another name or statewide identifier',
    'un número solo de este estudiante: la línea 3 lo tiene con otro nombre u otro identificador estatal',
  ])
  const [long] = await faultsOf([`1,${'x'.repeat(300)},Ana,05,100,`])
  expect(long && [en(long), es(long)]).toEqual(['a family name, at most 200 characters', 'un apellido, como máximo 200 caracteres'])
})

it.each(readdirSync(BROKEN))('What is wrong in %s is explained in Spanish', async (file) => {
  const source = ImportSource.parse(/^[a-z]+/.exec(file === 'empty.csv' ? 'students' : file)?.[0])
  const { report } = await bring(memoryRegistry(), source, join(BROKEN, file))
  expect(report.faults.filter((fault) => es(fault) === fault.expected)).toEqual([])
})

it('Every code is known in Spanish, with the same values', () => {
  const holes = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()
  for (const [code, text] of Object.entries(EXPECTED) as [ExpectedCode, string][]) {
    const names = holes(text)
    const spanish = es({ expected: text, code, values: Object.fromEntries(names.map((name) => [name, `<${name}>`])) })
    expect(spanish, code).not.toBe(text)
    expect([...spanish.matchAll(/<(\w+)>/g)].map(([, name = '']) => name).sort(), code).toEqual(names)
  }
})

it('What a newer server says under a code that is not known here is shown as it says it', () => {
  const newer = { expected: 'something new', code: 'somethingNew', values: {} }
  expect(es(newer)).toBe('something new')
  expect(es({ expected: 'older', code: 'constructor' })).toBe('older')
})
