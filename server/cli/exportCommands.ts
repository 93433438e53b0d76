/** The commands under `recoup export`. */
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { exportRoster } from './export.ts'
import { exportMoney, exportPadc, type PeriodOptions } from './exportPadc.ts'
import { exportStas, type StasOptions } from './exportStas.ts'
import { exportWriteBack, reconcileFile, type WriteBackOptions } from './exportWriteBack.ts'
import { YEAR_MEANS } from './exportOptions.ts'
import type { Io } from './io.ts'

type WithData = (work: (context: Context) => void | Promise<void>) => Promise<void>

const YEAR = ['--year <year>', YEAR_MEANS] as const
const OUT = ['--out <file>', 'where the file goes; the standard output when not given'] as const
const JSON_FINDINGS = ['--json', 'findings as one JSON object on the standard error'] as const

/** Adds them. Exit codes: 0 written, 1 written with findings, 2 not possible. */
export function exportCommands(program: Command, io: Io, withData: WithData): void {
  program
    .command('roster')
    .description('Every student with days, hours and what limits them')
    .option('--as-of <date>', 'as it stood at the end of this school date; today when not given')
    .option('--site <site>', 'one school, by id or code')
    .addHelpText('after', '\nExamples:\n  recoup export roster > roster.csv\n  recoup export roster --as-of 2026-11-20 --site 100\n')
    .action((options: { asOf?: string; site?: string }) => withData((context) => exportRoster(context, options, io)))
  program
    .command('stas')
    .description('Attendance Recovery Days (STAS 13.24): a list, or merged into the STAS file of your student information system')
    .option('--merge <file>', 'a STAS file, carets or commas: the same file comes out, changed in position 24 only')
    .option(...YEAR)
    .option(...OUT)
    .option(...JSON_FINDINGS)
    .addHelpText(
      'after',
      '\nExamples:\n  recoup export stas > stas.csv\n  recoup export stas --merge sis-stas.txt --out stas.txt\n  recoup export stas --merge sis-stas.txt --out stas.txt --json 2> findings.json\n',
    )
    .action((options: StasOptions) => withData((context) => exportStas(context, options, io)))
  program
    .command('padc')
    .description('Line B-8 of a reporting period by grade span')
    .requiredOption('--period <period>', 'P-1, P-2 or annual')
    .option(...YEAR)
    .option(...OUT)
    .option(...JSON_FINDINGS)
    .addHelpText(
      'after',
      '\nExamples:\n  recoup export padc --period P-1\n  recoup export padc --period P-2 --year 2026-2027 --out b8.xlsx\n',
    )
    .action((options: PeriodOptions) => withData((context) => exportPadc(context, options, io)))
  program
    .command('money')
    .description('What a period may be worth at your own rates: an estimate')
    .requiredOption('--period <period>', 'P-1, P-2 or annual')
    .option(...YEAR)
    .option(...OUT)
    .option(...JSON_FINDINGS)
    .addHelpText('after', '\nExample:\n  recoup export money --period annual\n')
    .action((options: PeriodOptions) => withData((context) => exportMoney(context, options, io)))
  program
    .command('writeback')
    .description('Files for your student information system: aeries, ic, powerschool, schoolwise')
    .requiredOption('--sis <sis>', 'the system')
    .option('--leave-out', 'leave rows with faults out; without it a fault keeps the files from being written')
    .option(...YEAR)
    .option('--out <folder>', 'where the files go')
    .option(...JSON_FINDINGS)
    .addHelpText('after', '\nExamples:\n  recoup export writeback --sis aeries --out .\n  recoup export writeback --sis ic > ic.csv\n')
    .action((options: WriteBackOptions) => withData((context) => exportWriteBack(context, options, io)))
}

/** Adds `recoup reconcile`. */
export function reconcileCommand(program: Command, io: Io, withData: WithData): void {
  program
    .command('reconcile <file>')
    .description('Compare a file of your student information system with what is here')
    .requiredOption('--sis <sis>', 'the system: aeries, ic, powerschool, schoolwise')
    .option(...YEAR)
    .option(...JSON_FINDINGS)
    .addHelpText('after', '\nExample:\n  recoup reconcile --sis aeries att.csv\n')
    .action((file: string, options: WriteBackOptions) => withData((context) => reconcileFile(context, file, options, io)))
}
