import type { ImportReport } from '../../../../shared/api.ts'

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

/** Kinds of which an import would end many more than leave a school in an ordinary week: most likely the wrong or a cut file. */
export const alarming = (report: ImportReport): readonly (KindRow & { readonly known: number })[] =>
  kindRows(report)
    .map((row) => ({ ...row, known: row.unchanged + row.changed + row.ended }))
    .filter((row) => PEOPLE_AND_PLACES.includes(row.kind) && row.ended >= 5 && row.ended * 10 >= row.known)

const PEOPLE_AND_PLACES: readonly string[] = ['sites', 'students', 'staff', 'schoolEnrollments', 'absences']
