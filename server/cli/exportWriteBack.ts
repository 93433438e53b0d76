/** `recoup export writeback` and `recoup reconcile`: files for the student information system, and that system's own read back. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DifferenceReason } from '../../shared/report/writeBack/reconcile.ts'
import { type ValueFault, writeFileText } from '../../shared/report/writeBack/files.ts'
import { SIS, type Sis } from '../../shared/report/writeBack/layouts.ts'
import type { Context } from '../context.ts'
import { openWriteBacks } from '../reports/writeBacks.ts'
import { deliver, type ExportOptions, reportsOf, tell, yearOf } from './exportOptions.ts'
import { type Io, Stop } from './io.ts'

export interface WriteBackOptions extends ExportOptions {
  readonly sis: string
  /** A folder: a system takes several files. */
  readonly out?: string
  readonly leaveOut?: boolean
}

const FAULTS: Readonly<Record<ValueFault, string>> = {
  noSsid: 'no statewide identifier of 10 digits',
  noLocalId: 'no local student number',
  noCode: 'no local code is set; set it under “SIS files”, or with "recoup set mapping"',
  badCode: 'the local code is none that this system takes',
  noSchool: 'no school number for this system',
  tooLong: 'longer than the column takes',
  outOfRange: 'outside what the column takes',
  twice: 'a second row with the same key',
}
const REASONS: Readonly<Record<DifferenceReason, string>> = {
  notSent: 'was in no file that was made',
  notTaken: 'was in the last file and is not there',
  changedHere: 'changed here since the last file',
  changedThere: 'is there other than the last file said',
  unknownHere: 'is there and not here',
}

/** Writes a system's files. Nothing is written while there are faults, unless rows with faults are to be left out. */
export async function exportWriteBack(context: Context, options: WriteBackOptions, io: Io): Promise<void> {
  const sis = sisOf(options.sis)
  const reports = reportsOf(context)
  const writeBacks = openWriteBacks(context, reports)
  const made = await writeBacks.make(sis, yearOf(options, reports))
  const isAboutCodes = made.faults.some(({ fault }) => fault === 'noCode' || fault === 'badCode')
  const isWritten = !isAboutCodes && (made.faults.length === 0 || options.leaveOut === true)
  if (isWritten) {
    if (made.files.length > 1 && options.out === undefined) throw new Stop('This system takes several files: give a folder with --out.')
    for (const file of made.files) {
      deliver(writeFileText(file), options.out === undefined ? {} : { out: join(options.out, file.layout.file) }, io)
      writeBacks.handedOut(sis, file, made, 'command line')
    }
  }
  const counts = made.files.map(({ layout, rows, leftOut }) => `${layout.file}: ${rows.length} rows, ${leftOut} left out`)
  tell(
    made.faults.map(({ file, column, name, value, fault }) => `${file} ${column} ${name} ${JSON.stringify(value)}: ${FAULTS[fault]}`),
    isWritten ? counts : ['No file was written.'],
    { written: isWritten, files: counts, faults: made.faults },
    options,
    io,
  )
}

/** Compares a file of the system with what is here; a line for each difference. */
export async function reconcileFile(context: Context, path: string, options: WriteBackOptions, io: Io): Promise<void> {
  const reports = reportsOf(context)
  let content: Buffer
  try {
    content = readFileSync(path)
  } catch {
    throw new Stop(`${path}: this file cannot be read.`)
  }
  const found = await openWriteBacks(context, reports).reconcile(sisOf(options.sis), yearOf(options, reports), content)
  if ('missing' in found) throw new Stop(`${path} lacks the columns ${found.missing.join(', ')}.`)
  tell(
    found.differences.map(({ key, name, column, here, there, by, reason }) => {
      const figures = column === '' ? '' : ` ${column} here ${here}, there ${there}${by === null ? '' : ` (${by > 0 ? '+' : ''}${by})`}`
      return `${key}${name === '' ? '' : ` ${name}`}:${figures} ${REASONS[reason]}`
    }),
    [
      `${found.file}: ${found.same} rows are the same, ${found.differences.length} differences.`,
      ...(found.otherYears > 0 ? [`${found.otherYears} rows of other school years were not compared.`] : []),
    ],
    found,
    options,
    io,
  )
}

function sisOf(name: string): Sis {
  const sis = SIS.find((each) => each === name)
  if (!sis) throw new Stop(`--sis ${name}: give ${SIS.join(', ')}.`)
  return sis
}
