import { basename } from 'node:path'
import { Argument, Command, CommanderError } from 'commander'
import type { ImportSource } from '../../shared/api/registry.ts'
import { IMPORT_SOURCES } from '../../shared/api/registry.ts'
import type { Instant } from '../../shared/time.ts'
import { schoolDateOf } from '../../shared/time.ts'
import type { ImportRuns } from '../desk/importRuns.ts'
import { runImport } from '../registry/import/runImport.ts'
import type { ImportDone } from '../registry/import/runImport.ts'
import type { RegistryStore } from '../registry/store.ts'
import { countsTable, faultsText } from './importText.ts'
import type { ExitCode, Io } from './io.ts'

/** What the command works with: the registry, the clock, and a way to close both. */
export interface ImportOffice {
  readonly store: RegistryStore
  readonly log: { readonly sources: { readonly now: () => Instant } }
  readonly importRuns: Pick<ImportRuns, 'note'>
  close(): void
}

interface Options {
  readonly commit?: true
  readonly json?: true
  readonly allOrNothing?: true
}

const EXAMPLES = `
Sources and what they read:
  oneroster  a OneRoster 1.1 CSV export, whole or delta: a zip or a folder
  clever     the five files of a Clever export: a zip or a folder
  schools    School Code, School Name, CDS District, CDS School, School Type
  students   Student ID, State Student ID, Last Name, First Name, Grade, School Code
  codes      Code, Description, Kind
  calendar   School Code, First Day, Last Day, Start, Dismissal, Time Zone, No School
  absences   Student ID, School Code, Date, All Day Code, Description

Columns are found by name, in any order; others are passed over. Without --commit nothing is written.
The same file again changes nothing. What a whole file no longer has is ended; its history stays.

Examples:
  recoup import oneroster roster.zip
  recoup import oneroster roster.zip --commit
  recoup import clever clever-export/ --commit
  recoup import schools schools.csv --commit
  recoup import students students.csv --commit --all-or-nothing
  recoup import codes attendance-codes.csv --commit
  recoup import calendar calendar.csv --commit
  recoup import absences absences.csv --json

Exit codes: 0 done, 1 done but faults were found, 2 not understood, or the file was refused.
`

/** `recoup import SOURCE PATH`: says what the files would change, and with --commit changes it. */
export async function importCommand(args: readonly string[], io: Io, open: () => ImportOffice): Promise<ExitCode> {
  let exit: ExitCode = 0
  const command = new Command('recoup import')
    .description('Bring files of the student information system in')
    .addArgument(new Argument('<source>', 'what kind of files they are').choices(IMPORT_SOURCES))
    .argument('<path>', 'a CSV file, a zip, or a folder')
    .option('--commit', 'write the changes; without it they are only shown')
    .option('--json', 'print the report as one JSON object')
    .option('--all-or-nothing', 'with --commit: write nothing when anything is wrong')
    .addHelpText('after', EXAMPLES)
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .exitOverride()
    .action(async (source: ImportSource, path: string, options: Options) => {
      exit = await bring(source, path, options, io, open)
    })
  try {
    await command.parseAsync(args, { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    io.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
}

async function bring(source: ImportSource, path: string, options: Options, io: Io, open: () => ImportOffice): Promise<ExitCode> {
  const office = open()
  try {
    const { now } = office.log.sources
    const zone = office.store.get('district', 'district')?.body.zone ?? 'America/Los_Angeles'
    const done = await runImport(office.store, {
      source,
      path,
      today: schoolDateOf(now(), zone),
      commit: options.commit ?? false,
      allOrNothing: options.allOrNothing ?? false,
      onProgress: progress(io, now),
    })
    if (options.commit === true) office.importRuns.note('command line', source, done.outcome, done.faults)
    for (const note of done.notes) io.stderr.write(`${note}\n`)
    if (options.json) io.stdout.write(`${JSON.stringify(done.report)}\n`)
    else say(done, basename(path), io)
    return done.outcome === 'refused' ? 2 : done.faults > 0 ? 1 : 0
  } finally {
    office.close()
  }
}

/** Says how far the reading is, once a second, when it takes longer than that. */
function progress(io: Io, now: () => Instant): (rows: number) => void {
  let last = now()
  return (rows) => {
    if (now() - last < 1_000) return
    last = now()
    io.stderr.write(`${rows} rows read\n`)
  }
}

const SAID: Readonly<Record<ImportDone['outcome'], (name: string) => string>> = {
  previewed: (name) => `What ${name} would change. Nothing was written; add --commit to write it.`,
  committed: (name) => `${name} was imported.`,
  withheld: (name) => `${name} has faults, and all or nothing was asked for: nothing was written.`,
  refused: (name) => `${name} cannot be imported.`,
}

function say({ outcome, report, faults }: ImportDone, name: string, io: Io): void {
  io.stdout.write(`${SAID[outcome](name)}\n`)
  const table = countsTable(report)
  if (table !== '') io.stdout.write(`\n${table}`)
  if (faults === 0) return
  if (outcome !== 'refused') io.stdout.write(`\n${faults === 1 ? '1 fault' : `${faults} faults`}; rows with faults are passed over:\n`)
  io.stdout.write(faultsText(report.faults))
}
