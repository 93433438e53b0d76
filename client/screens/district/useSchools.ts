import { RegistrySummary } from '../../../shared/api/registry.ts'
import { useReply } from '../desk/useReply.ts'

/** The schools of the district, by name, as the server knows them: also on a browser that has no records of its own yet. */
export function useSchools(): readonly { readonly id: string; readonly name: string }[] {
  const { asked } = useReply(RegistrySummary, '/api/registry')
  if (asked.kind !== 'ok') return []
  return asked.value.sites.map(({ id, name }) => ({ id, name })).sort((a, b) => (a.name < b.name ? -1 : 1))
}
