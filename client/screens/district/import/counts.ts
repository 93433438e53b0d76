import type { ImportReport } from '../../../../shared/api/registry.ts'

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0)

/** The report in three figures. */
export const countsOf = (report: ImportReport) => ({ added: sum(report.added), changed: sum(report.changed), ended: sum(report.ended) })

export interface KindRow {
  readonly kind: string
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly ended: number
}

/** The report by kind of record: every kind that was read or that something happens to. */
export function kindRows(report: ImportReport): readonly KindRow[] {
  const kinds = new Set(
    [report.rows, report.added, report.changed, report.unchanged, report.ended].flatMap((counts) => Object.keys(counts)),
  )
  return [...kinds].map((kind) => ({
    kind,
    rows: report.rows[kind] ?? 0,
    added: report.added[kind] ?? 0,
    changed: report.changed[kind] ?? 0,
    unchanged: report.unchanged[kind] ?? 0,
    ended: report.ended[kind] ?? 0,
  }))
}

/** The rows by the names people read: what a file calls its rows and what is kept of them may have one name, and is then one row. */
export function byName(rows: readonly KindRow[], nameOf: (kind: string) => string): readonly KindRow[] {
  const named = new Map<string, KindRow>()
  for (const row of rows) {
    const kind = nameOf(row.kind)
    const had = named.get(kind)
    named.set(kind, {
      kind,
      rows: row.rows + (had?.rows ?? 0),
      added: row.added + (had?.added ?? 0),
      changed: row.changed + (had?.changed ?? 0),
      unchanged: row.unchanged + (had?.unchanged ?? 0),
      ended: row.ended + (had?.ended ?? 0),
    })
  }
  return [...named.values()]
}

/** Whether nothing in the files could be read as what they were said to be: most likely another kind of list. */
export const isNothingRead = (report: ImportReport): boolean => report.faults.length > 0 && sum(report.rows) === 0

/** Kinds of which an import would end many more than leave a school in an ordinary week: most likely the wrong or a cut file. */
export const alarming = (report: ImportReport): readonly (KindRow & { readonly known: number })[] =>
  kindRows(report)
    .map((row) => ({ ...row, known: row.unchanged + row.changed + row.ended }))
    .filter((row) => PEOPLE_AND_PLACES.includes(row.kind) && row.ended >= 5 && row.ended * 10 >= row.known)

const PEOPLE_AND_PLACES: readonly string[] = ['sites', 'students', 'staff', 'schoolEnrollments', 'absences']
