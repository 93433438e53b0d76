/** A system's files from the facts, each value held to what its column takes before a line is written. */
import { byCodeUnits } from '../../rules/codeUnits.ts'
import { toCsv } from '../csv.ts'
import type { Site } from '../../registry.ts'
import type { SchoolDate } from '../../time.ts'
import type { Fact } from './facts.ts'
import { CODE_PATTERNS, type Column, LAYOUTS, type Layout, type Sis } from './layouts.ts'

/** Why a value cannot stand in its column. */
export type ValueFault = 'noSsid' | 'noLocalId' | 'noCode' | 'badCode' | 'noSchool' | 'tooLong' | 'outOfRange' | 'twice'
export interface WriteFault {
  readonly file: string
  readonly column: string
  readonly name: string
  readonly value: string
  readonly fault: ValueFault
}

export interface WriteRow {
  /** The values of the key columns: what tells the row apart in this file. */
  readonly key: string
  readonly name: string
  readonly values: readonly string[]
}
export interface WriteFile {
  readonly layout: Layout
  /** By key, those without a fault. */
  readonly rows: readonly WriteRow[]
  /** How many rows have a fault and are not among them. */
  readonly leftOut: number
}
export interface WriteBack {
  readonly files: readonly WriteFile[]
  readonly faults: readonly WriteFault[]
}

/** The district's codes by name, and `school:SITE` for a school's number there where it is not the school's code. */
export type Codes = Readonly<Record<string, string>>

/** Makes a system's rows. A fault of a code concerns the file once; a fault of a row names the student. */
export function writeBack(sis: Sis, facts: Iterable<Fact>, codes: Codes, site: (id: string) => Site | undefined): WriteBack {
  const faults: WriteFault[] = []
  const said = new Set<string>()
  const files = LAYOUTS[sis].map((layout): WriteFile => {
    const rows = new Map<string, WriteRow>()
    let leftOut = 0
    for (const fault of codeFaults(layout, codes)) faults.push(fault)
    for (const fact of facts) {
      if (fact.rowFor !== layout.rowFor) continue
      const name = `${fact.last}, ${fact.first}`
      const own: WriteFault[] = []
      const values = layout.columns.map((column) => {
        const value = valueIn(column, fact, codes, site)
        const fault = faultOf(column, value)
        if (fault) own.push({ file: layout.file, column: column.name, name, value, fault })
        return value
      })
      const key = keyOf(layout, values)
      if (rows.has(key)) own.push({ file: layout.file, column: '', name, value: key, fault: 'twice' })
      // What is wrong with a student is said once, and not for every row.
      for (const fault of own) {
        const once = [fault.file, fault.column, fact.values.localId, fault.value, fault.fault].join(' ')
        if (!said.has(once)) faults.push(fault)
        said.add(once)
      }
      if (own.length > 0) leftOut++
      else rows.set(key, { key, name, values })
    }
    return { layout, rows: [...rows.values()].sort((a, b) => byCodeUnits(a.key, b.key)), leftOut }
  })
  return { files, faults }
}

/** The file's text, with a header line. */
export const writeFileText = ({ layout, rows }: WriteFile): string =>
  toCsv(
    layout.columns.map((column) => column.name),
    rows.map((row) => row.values),
  )

export const keyOf = ({ columns }: Layout, values: readonly string[]): string => values.filter((_, i) => columns[i]?.key).join(' ')

/** A missing or impossible code is said once, not for every row. */
const codeFaults = ({ file, columns }: Layout, codes: Codes): WriteFault[] =>
  columns.flatMap(({ name, type }): WriteFault[] => {
    if (type.kind !== 'code') return []
    const value = codes[type.code] ?? ''
    if (value === '') return [{ file, column: name, name: '', value: type.code, fault: 'noCode' }]
    return CODE_PATTERNS[type.code].test(value) ? [] : [{ file, column: name, name: '', value, fault: 'badCode' }]
  })

function valueIn({ from, type }: Column, { values }: Fact, codes: Codes, site: (id: string) => Site | undefined): string {
  if (type.kind === 'code') return codes[type.code] ?? ''
  const value = values[from] ?? ''
  if (type.kind === 'school') return codes[`school:${value}`] ?? site(String(value))?.code ?? ''
  return type.kind === 'date' ? slashed(value as SchoolDate) : String(value)
}

/** MM/DD/YYYY, as the systems' import pages take dates. */
const slashed = (on: SchoolDate): string => `${on.slice(5, 7)}/${on.slice(8, 10)}/${on.slice(0, 4)}`

function faultOf({ type, from }: Column, value: string): ValueFault | undefined {
  switch (type.kind) {
    case 'ssid':
      return /^\d{10}$/.test(value) ? undefined : 'noSsid'
    case 'school':
      return /^\d{1,10}$/.test(value) || /^[\w-]{1,12}$/.test(value) ? undefined : 'noSchool'
    case 'text':
      if (value === '' && from === 'localId') return 'noLocalId'
      return value.length <= type.most ? undefined : 'tooLong'
    case 'number':
      return Number(value) >= type.least && Number(value) <= type.most ? undefined : 'outOfRange'
    case 'date':
    case 'code':
      return undefined
  }
}
