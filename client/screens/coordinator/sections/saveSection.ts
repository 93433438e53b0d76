import { Done } from '../../../../shared/api.ts'
import { type PutSection, type SectionRow, SectionsReply } from '../../../../shared/api/registry.ts'
import { api, type Reply } from '../../../sync/http.ts'

/** Saves a section. Where somebody changed it meanwhile nothing is saved: then it is the section as it is now. */
export async function saveSection(order: PutSection): Promise<Reply<SectionRow | 'saved'>> {
  const reply = await api(Done, 'PUT', '/api/sections', order)
  if (reply.kind === 'ok') return { kind: 'ok', value: 'saved' }
  if (reply.kind !== 'refused' || reply.code !== 'sectionMoved') return reply
  const newest = await api(SectionsReply, 'GET', '/api/sections')
  if (newest.kind !== 'ok') return newest
  const found = newest.value.sections.find(({ id }) => id === order.section.id)
  return found ? { kind: 'ok', value: found } : reply
}
