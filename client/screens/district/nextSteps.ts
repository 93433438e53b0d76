import type { RegistrySummary } from '../../../shared/api/registry.ts'

export type NextStep =
  | { readonly kind: 'people' | 'absences' | 'sections' }
  | { readonly kind: 'calendar'; readonly sites: readonly string[]; readonly year: number }

/** What is missing before figures can be right, in the order in which to bring it. */
export function nextSteps(summary: RegistrySummary): readonly NextStep[] {
  const steps: NextStep[] = []
  if (summary.students === 0 || summary.staff === 0) steps.push({ kind: 'people' })
  const without = summary.sites.filter((site) => !site.hasCalendar && site.students > 0).map((site) => site.name)
  if (without.length > 0) steps.push({ kind: 'calendar', sites: without, year: summary.year })
  if (summary.absences === 0) steps.push({ kind: 'absences' })
  if (summary.sites.every((site) => site.sections === 0)) steps.push({ kind: 'sections' })
  return steps
}
