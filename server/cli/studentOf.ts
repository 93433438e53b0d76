/** A student as a person at the command line names one. */
import type { StudentId } from '../../shared/ids.ts'
import type { RegistryStore } from '../registry/store.ts'
import { Stop } from './io.ts'

/** The student with this id or local number (`--student`), also one who has left. A number that two students have names neither. */
export function studentOf(store: RegistryStore, wanted: string): StudentId {
  const all = store.list('student')
  const byId = all.find(({ body }) => body.id === wanted)
  const found = byId ? [byId] : all.filter(({ body }) => body.localId === wanted)
  const [one, second] = found
  if (!one) throw new Stop(`--student ${wanted}: there is no student with this id or local number.`)
  if (second)
    throw new Stop(`--student ${wanted}: more than one student has this number. Give the id: ${found.map(({ id }) => id).join(', ')}.`)
  return one.body.id
}
