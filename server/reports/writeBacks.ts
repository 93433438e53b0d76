/** Files for the district's student information system, and what that system holds read back against them. */
import { parse } from 'csv-parse/sync'
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { SiteId } from '../../shared/ids.ts'
import { type Fact, factsOf } from '../../shared/report/writeBack/facts.ts'
import { type WriteBack, writeBack, type WriteFile } from '../../shared/report/writeBack/files.ts'
import { LAYOUTS, type Sis } from '../../shared/report/writeBack/layouts.ts'
import { type ReadBackFault, readBack, reconcile, type Reconciled } from '../../shared/report/writeBack/reconcile.ts'
import { PERIODS } from '../../shared/rules/california/periods.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { PadcReport } from './padcReport.ts'
import type { Reports } from './reports.ts'
import { isHome } from './schools.ts'
import { openSettings } from './settings.ts'

export interface MadeBack extends WriteBack {
  readonly asOf: SchoolDate
  readonly through: PadcReport['through']
}
export interface LastMade {
  readonly at: number
  readonly asOf: SchoolDate
  readonly rows: ReadonlyMap<string, readonly string[]>
}
export interface WriteBacks {
  /** Sees that a school's rows are there for a file that is asked for later, where the district writes back at all. */
  prepare(site: SiteId, asOf: SchoolDate): void
  make(sis: Sis, year: number): Promise<MadeBack>
  /** Remembers that a file was handed out. */
  handedOut(sis: Sis, file: WriteFile, made: Pick<MadeBack, 'asOf' | 'through'>, by: string): void
  /** The last file of a fiscal year. */
  lastMade(sis: Sis, file: string, year: number): LastMade | undefined
  /** Reads a file of the system; the layout is the one whose columns it has. */
  reconcile(
    sis: Sis,
    year: number,
    content: Buffer,
  ): Promise<(Reconciled & { readonly file: string; readonly lastMade: number | null }) | ReadBackFault>
}

export function openWriteBacks({ log, store }: Pick<Context, 'log' | 'store'>, reports: Reports): WriteBacks {
  const settings = openSettings(log)
  const add = log.db.prepare('INSERT INTO write_back (sis, file, at, by, as_of, epoch, seq, rows) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const any = log.db.prepare('SELECT 1 FROM write_back LIMIT 1')
  const last = log.db.prepare<[string, string, string, string], { at: number; as_of: SchoolDate; rows: string }>(
    'SELECT at, as_of, rows FROM write_back WHERE sis = ? AND file = ? AND as_of BETWEEN ? AND ? ORDER BY id DESC LIMIT 1',
  )

  /** What there is to write back of a school, and the name it is kept under: facts of periods rest on their last days, which the
   *  district may set. */
  function ownFacts(asOf: SchoolDate): { readonly kind: string; of(ledger: Ledger, site: SiteId): readonly Fact[] } {
    const { months } = settings.all()
    return {
      kind: ['facts', ...PERIODS.map((period) => settings.lastDay(period, fiscalYearOf(asOf)))].join(' '),
      of: (ledger, site) =>
        [...ledger.students()].filter((view) => isHome(ledger, view, site, asOf)).flatMap((view) => factsOf(ledger, view, asOf, months)),
    }
  }

  function make(sis: Sis, year: number): Promise<MadeBack> {
    const asOf = reports.asOfYear(year)
    const sites = new Map(store.list('site').map(({ body }) => [body.id as string, body]))
    const { kind, of } = ownFacts(asOf)
    return reports.bySchool(kind, asOf, of, (parts, through) => {
      const facts: Iterable<Fact> = {
        *[Symbol.iterator]() {
          for (const [, own] of parts) yield* own
        },
      }
      return { ...writeBack(sis, facts, settings.codesOf(sis), (id) => sites.get(id)), asOf, through }
    })
  }

  function lastMade(sis: Sis, file: string, year: number): LastMade | undefined {
    const within = fiscalYear(year)
    const row = last.get(sis, file, within.first, within.last)
    return row && { at: row.at, asOf: row.as_of, rows: new Map(JSON.parse(row.rows) as [string, string[]][]) }
  }

  return {
    make,
    lastMade,
    prepare(site, asOf) {
      if (settings.all().mappings.length === 0 && any.get() === undefined) return
      const { kind, of } = ownFacts(asOf)
      reports.prepareAlso(kind, site, asOf, of)
    },
    handedOut(sis, { layout, rows }, { asOf, through }, by) {
      const said = JSON.stringify(rows.map(({ key, values }) => [key, values]))
      add.run(sis, layout.file, log.sources.now(), by, asOf, through.epoch, through.seq, said)
    },
    async reconcile(sis, year, content) {
      const table = tableOf(content)
      const read = LAYOUTS[sis].map((layout) => ({ layout, rows: readBack(layout, table) }))
      const fitting = read.find(({ rows }) => !('missing' in rows))
      if (!fitting) return read[0]?.rows as ReadBackFault
      const { files } = await make(sis, year)
      const file = files.find(({ layout }) => layout === fitting.layout) as WriteFile
      const made = lastMade(sis, fitting.layout.file, year)
      const rows = fitting.rows as ReadonlyMap<string, readonly string[]>
      return { ...reconcile(file, rows, made?.rows ?? new Map(), year), file: fitting.layout.file, lastMade: made?.at ?? null }
    },
  }
}

/** Commas, semicolons or tabs, with or without quotes and a byte order mark. */
function tableOf(content: Buffer): string[][] {
  const options = { bom: true, delimiter: [',', ';', '\t'], relax_column_count: true, relax_quotes: true, skip_empty_lines: true }
  return parse(content.toString('utf8'), options) as string[][]
}
