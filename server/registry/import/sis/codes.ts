import type { AbsenceKind } from '../../../../shared/registry.ts'
import { endMissing, tellsMissing } from '../ends.ts'
import { fileAlone } from '../read/entries.ts'
import type { Work } from '../source.ts'
import { absenceKindOf } from '../values.ts'

/** What a district's attendance code stands for. */
export interface Code {
  readonly description: string
  readonly kind: AbsenceKind
}

/** The attendance codes of a district and what each stands for. Absences already here that carry a code take its new kind. */
export async function readCodes(work: Work): Promise<void> {
  const { plan } = work
  const table = work.table('codes', fileAlone(work.input, ['codes', 'attendance-codes']), {
    required: ['Code', 'Kind'],
    optional: ['Description'],
  })
  const named = new Map<string, number>()
  for await (const row of table.rows) {
    const code = row.text('Code', 'attendanceCode')
    if (code === undefined) {
      table.notWhole()
      continue
    }
    const before = named.get(code)
    if (before !== undefined) {
      row.fault('Code', 'codeOnce', { line: before })
      continue
    }
    named.set(code, row.line)
    const kind = row.take('Kind', absenceKindOf, 'absenceKind')
    if (!kind) continue
    const body: Code = { description: row.cell('Description'), kind }
    plan.putSource('code', code, body)
  }
  for (const { ended, body } of [...plan.list('absence').values()]) {
    const kind = named.has(body.code) ? plan.sources<Code>('code').get(body.code)?.body.kind : undefined
    if (!ended && kind !== undefined && kind !== body.kind) plan.put('absence', body.id, { ...body, kind })
  }
  if (tellsMissing(table)) endMissing(plan, 'code', new Set(named.keys()))
}
